"""What an editor writes about a resource and a collection."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.goals.vocabulary import GOALS, TARGETS, THEMES
from fairealliance.lib.typed import Line, Words
from fairealliance.lib.web_address import WebAddress
from fairealliance.organisations.models import Organisation
from fairealliance.resources.actions import FACTS
from fairealliance.resources.enums import Progress, ResourceKind, UseStage
from fairealliance.resources.models import Resource
from fairealliance.resources.words import AUDIENCE_WORDS, LANGUAGES
from fairealliance.territories.models import Territory

_IN_ADDRESS = re.compile(r"(?:/(?:ressources|organisations)/|^)(\d{1,12})(?:-[\w-]*)?/?$")
_MOST_TERRITORIES = 200


class Seen(forms.Form):
    """The state the editor had before their eyes: what changed since is never written over."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_seen(self) -> datetime | None:
        given = self.cleaned_data["seen"]
        found = parse_datetime(given) if given else None
        if given and found is None:
            raise ValidationError(_("Rechargez la page : elle a été ouverte autrement que par le site."))
        return found


def _boxes(label: Any, choices: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=[(str(value), capfirst(str(words))) for value, words in choices],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        **more,
    )


class ResourceForm(Seen):
    """Everything a person may say of a resource."""

    title = Line(label=gettext_lazy("Titre"), max_length=300)
    kind = forms.ChoiceField(
        label=gettext_lazy("Nature"), choices=[(kind.value, capfirst(str(kind.label))) for kind in ResourceKind]
    )
    summary = Words(label=gettext_lazy("À quoi elle sert, en deux ou trois phrases"), required=False, max_length=5000)
    link = WebAddress(label=gettext_lazy("Lien"), required=False, max_length=1000)
    producer = Line(
        label=gettext_lazy("Organisation qui l’a faite, si elle a une page ici"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Collez l’adresse de sa page, ou écrivez son nom exact."),
    )
    producer_name = Line(label=gettext_lazy("Nom du producteur"), required=False, max_length=250)
    audience = _boxes(gettext_lazy("Pour qui"), AUDIENCE_WORDS.items())
    stage = _boxes(gettext_lazy("À quelle étape"), UseStage.choices)
    progress = _boxes(gettext_lazy("Dans la méthode des 3 R"), Progress.choices)
    goals = _boxes(
        gettext_lazy("Objectifs de développement durable"),
        [(number, f"{number}. {goal.short}") for number, goal in GOALS.items()],
    )
    themes = _boxes(gettext_lazy("Thèmes"), [(slug, theme.name) for slug, theme in THEMES.items()])
    targets = Line(
        label=gettext_lazy("Cibles des ODD"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Codes officiels séparés par des virgules : 4.1, 17.17."),
    )
    territories = Words(
        label=gettext_lazy("Territoires, seulement si elle ne vaut que pour eux"),
        required=False,
        max_length=4000,
        help_text=gettext_lazy("Un par ligne : commune:42218, departement:42, region:84."),
    )
    year = forms.IntegerField(label=gettext_lazy("Année"), required=False, min_value=1800, max_value=2100)
    language = forms.ChoiceField(label=gettext_lazy("Langue"), choices=list(LANGUAGES.items()), initial="fr")
    licence = Line(
        label=gettext_lazy("Licence"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Telle que la source l’annonce ; vide si elle ne le dit pas."),
    )

    def __init__(self, *args: Any, resource: Resource | None = None, **kwargs: Any) -> None:
        if resource is not None:
            kwargs.setdefault("initial", initial_of(resource))
        super().__init__(*args, **kwargs)
        if resource is not None and resource.language not in LANGUAGES:
            field = self.fields["language"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*LANGUAGES.items(), (resource.language, resource.language)]
        self._keep_what_is_there(resource)

    def _keep_what_is_there(self, resource: Resource | None) -> None:
        """Values that came with an import and that we have no word for stay among the boxes."""
        for name in ("audience", "stage", "progress", "themes"):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            shown = list(cast(Iterable[tuple[str, str]], field.choices))
            known = {value for value, _label in shown}
            there = getattr(resource, name, None) or []
            field.choices = [*shown, *((each, each) for each in map(str, there) if each not in known)]

    def clean_goals(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["goals"]]

    def clean_targets(self) -> list[str]:
        codes = [code.lower() for code in re.split(r"[\s,;|]+", self.cleaned_data["targets"]) if code]
        if unknown := [code for code in codes if code not in TARGETS]:
            raise ValidationError(_("« %s » n’est pas une cible, par exemple 4.1.") % unknown[0][:20])
        return list(dict.fromkeys(codes))

    def clean_producer(self) -> Organisation | None:
        return _one(Organisation, self.cleaned_data["producer"], "name", _("Aucune organisation « %s » ici."))

    def clean_territories(self) -> list[Territory]:
        refs = [ref for ref in re.split(r"[\s,;|]+", self.cleaned_data["territories"]) if ref]
        if len(refs) > _MOST_TERRITORIES:
            raise ValidationError(_("%s territoires au plus.") % _MOST_TERRITORIES)
        found = []
        for ref in dict.fromkeys(refs):
            try:
                found.append(Territory.objects.resolve(ref))
            except (ValueError, Territory.DoesNotExist) as error:
                raise ValidationError(str(error)) from error
        return found

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}


def initial_of(resource: Resource) -> dict[str, Any]:
    """What the form shows of a resource."""
    plain = {name: getattr(resource, name) for name in FACTS}
    return {
        **plain,
        "producer": resource.producer.get_absolute_url() if resource.producer else "",
        "goals": [str(number) for number in resource.goals],
        "targets": ", ".join(resource.targets),
        "territories": "\n".join(each.ref for each in resource.territories.order_by("level", "code")),
        "seen": resource.updated_at.isoformat(),
    }


def _one(model: Any, text: str, name: str, missing: str) -> Any:
    """The thing whose page or exact name was written; None for nothing."""
    if not text:
        return None
    if found := _IN_ADDRESS.search(text):
        thing = model.objects.filter(pk=int(found[1])).first()
        if thing is not None:
            return thing
    things = list(model.objects.filter(**{f"{name}__iexact": text}).order_by("pk")[:2])
    if len(things) > 1:
        raise ValidationError(_("Plusieurs portent ce nom : collez l’adresse de la bonne page."))
    if not things:
        raise ValidationError(missing % text[:60])
    return things[0]


class CollectionForm(Seen):
    """The words of a collection."""

    title = Line(label=gettext_lazy("Titre"), max_length=200)
    cover = Line(
        label=gettext_lazy("Texte de couverture"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Une phrase, montrée dans les listes."),
    )
    intro = Words(label=gettext_lazy("Introduction"), required=False, max_length=10_000)
    is_public = forms.BooleanField(label=gettext_lazy("Visible de tous"), required=False)


class ItemForm(forms.Form):
    """A resource of a collection: which, where, why."""

    place = forms.IntegerField(label=gettext_lazy("Rang"), required=False, min_value=1, max_value=999)
    resource = Line(label=gettext_lazy("Ressource"), required=False, max_length=400)
    note = Line(label=gettext_lazy("Ce qu’elle apporte ici"), required=False, max_length=500)

    def clean_resource(self) -> Resource | None:
        found = _one(Resource, self.cleaned_data["resource"], "title", _("Aucune ressource « %s » ici."))
        assert found is None or isinstance(found, Resource)
        return found


ItemFormSet = forms.formset_factory(ItemForm, extra=4, max_num=300, absolute_max=300, can_delete=False)
