"""What a catalyst says of themself, what one asks support for, what is answered."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.lib.typed import Line, Words
from fairealliance.network.models import Catalyst
from fairealliance.network.words import SECTORS, TRADES
from fairealliance.organisations.members.forms import ANY_PLACE, IN_COMMUNE, Day, Place
from fairealliance.organisations.models import Organisation
from fairealliance.organisations.profiles.forms import skills_in
from fairealliance.territories.models import Territory
from fairealliance.territories.words import within

_NEW = ("new_1", "new_2", "new_3")
MOST_TERRITORIES = 40


class ProfileForm(forms.Form):
    """`version`: that of the profile which was read. `organisations` are those that its owner acts for."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    name = Line(label=gettext_lazy("Le nom sous lequel on vous trouve"), max_length=120)
    organisation = forms.TypedChoiceField(label=gettext_lazy("Pour quelle organisation"), coerce=int, required=False)
    presentation = Words(
        label=gettext_lazy("Ce que vous faites, en quelques phrases"),
        help_text=gettext_lazy("Par exemple : qui vous avez aidé à travailler ensemble, et ce qui en est sorti."),
        max_length=1_500,
    )
    trades = forms.MultipleChoiceField(
        label=gettext_lazy("Vos métiers"),
        choices=[(slug, name.capitalize()) for slug, name in TRADES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Cochez au moins un métier.")},
    )
    sectors = forms.MultipleChoiceField(
        label=gettext_lazy("Vos secteurs"),
        choices=list(SECTORS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Cochez au moins un secteur.")},
    )
    skills = Words(
        label=gettext_lazy("Vos compétences"),
        help_text=gettext_lazy("Une par ligne, vingt au plus."),
        max_length=2_000,
        required=False,
    )
    kept = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Territoires que vous couvrez"),
        help_text=gettext_lazy("Décochez pour retirer."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new_1 = Place(label=gettext_lazy("Ajouter un territoire que vous couvrez"), help_text=ANY_PLACE, required=False)
    new_2 = Place(label=gettext_lazy("Ajouter un autre territoire"), help_text=ANY_PLACE, required=False)
    new_3 = Place(label=gettext_lazy("Ajouter un troisième territoire"), help_text=ANY_PLACE, required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("Combien de demandes pouvez-vous suivre à la fois ?"),
        help_text=gettext_lazy("Zéro : plus aucune ne vous est proposée."),
        min_value=0,
        max_value=50,
        widget=forms.NumberInput({"class": "short", "min": 0, "max": 50}),
    )
    absent_from = Day(label=gettext_lazy("Absent à partir du"))
    absent_until = Day(label=gettext_lazy("Absent jusqu’au"))
    consent = forms.BooleanField(
        label=gettext_lazy(
            "J’accepte que ce profil soit publié au répertoire des catalyseurs. Je peux le retirer à tout moment."
        ),
        error_messages={"required": gettext_lazy("Sans votre accord, rien n’est publié : cochez pour l’envoyer.")},
    )

    def __init__(
        self,
        data: Any,
        *,
        organisations: Iterable[Organisation],
        territories: list[Territory],
        first: bool,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self._known = {each.pk: each for each in organisations}
        choices = [("", _("Aucune"))] + [(pk, each.name) for pk, each in self._known.items()]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
        self.fields["kept"].choices = [(each.pk, each.name) for each in territories]  # type: ignore[attr-defined]
        if not territories:
            del self.fields["kept"]
        if not first:
            del self.fields["consent"]

    def clean_skills(self) -> list[str]:
        return skills_in(self.cleaned_data["skills"])

    def clean_organisation(self) -> Organisation | None:
        chosen = self.cleaned_data["organisation"]
        return self._known.get(chosen) if chosen else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        new = [place.pk for name in _NEW if (place := cleaned.get(name))]
        cleaned["territories"] = {*cleaned.get("kept", ()), *new}
        if not cleaned["territories"] and not any(name in self.errors for name in _NEW):
            self.add_error("new_1", _("Dites au moins un territoire : une commune, un département, une région…"))
        if len(cleaned["territories"]) > MOST_TERRITORIES:
            self.add_error("new_1", _("Quarante territoires au plus : un département en contient toutes les communes."))
        self._check_absence(cleaned)
        return cleaned

    def _check_absence(self, cleaned: dict[str, Any]) -> None:
        start, end = cleaned.get("absent_from"), cleaned.get("absent_until")
        if end and not start and "absent_from" not in self.errors:
            cleaned["absent_from"] = start = min(timezone.localdate(), end)
        if start and end and end < start:
            self.add_error("absent_until", _("La fin vient avant le début : vérifiez les deux dates."))


def initial_of(held: Catalyst | None, name: str) -> dict[str, Any]:
    """What the form shows first."""
    if held is None:
        return {"version": 0, "name": name, "capacity": 3}
    told = {field: getattr(held, field) for field in ("version", "name", "presentation", "capacity")}
    told |= {field: getattr(held, field) for field in ("absent_from", "absent_until", "trades", "sectors")}
    told["kept"] = [each.pk for each in held.territories.all()]
    return {**told, "organisation": held.organisation_id or "", "skills": "\n".join(held.skills)}


class AskForm(forms.Form):
    """`organisations` are those that the asker acts for."""

    commune = Place(levels=IN_COMMUNE, label=gettext_lazy("Dans quelle commune ?"))
    challenge = Words(
        label=gettext_lazy("Pour quel défi ?"),
        help_text=gettext_lazy("Ce qui se passe, qui est déjà autour de la table, ce que vous attendez."),
        max_length=2_000,
        min_length=10,
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Secteur"),
        help_text=gettext_lazy("Laissé vide, nous le lisons dans votre défi."),
        choices=[("", gettext_lazy("À lire dans le défi")), *SECTORS.items()],
        required=False,
    )
    trade = forms.ChoiceField(
        label=gettext_lazy("Quelle aide ?"),
        choices=[
            ("", gettext_lazy("Je ne sais pas encore")),
            *((slug, name.capitalize()) for slug, name in TRADES.items()),
        ],
        required=False,
    )
    organisation = forms.TypedChoiceField(label=gettext_lazy("Au nom de"), coerce=int, required=False)
    field_order = ("wanted",)
    wanted = forms.ModelChoiceField(
        Catalyst.objects.none(),
        label=gettext_lazy("À qui d’abord ?"),
        help_text=gettext_lazy("Sans réponse, votre demande va à la personne suivante."),
        required=False,
        empty_label=gettext_lazy("À la personne la mieux placée"),
    )

    def __init__(
        self, data: Any, *, organisations: Iterable[Organisation], wanted: Catalyst | None, **more: Any
    ) -> None:
        super().__init__(data, **more)
        self._known = {each.pk: each for each in organisations}
        choices = [("", _("Moi-même"))] + [(pk, each.name) for pk, each in self._known.items()]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
        if len(self._known) == 1:  # whoever acts for one mostly asks for it
            self.initial.setdefault("organisation", next(iter(self._known)))
        if wanted is None:
            del self.fields["wanted"]
        else:
            self.fields["wanted"].queryset = Catalyst.objects.filter(pk=wanted.pk)  # type: ignore[attr-defined]
            self.initial["wanted"] = wanted.pk

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wanted, commune = cleaned.get("wanted"), cleaned.get("commune")
        if wanted and commune and not Catalyst.objects.covering(commune).filter(pk=wanted.pk).exists():
            told = {"name": wanted.name, "where": within(commune)}
            self.add_error(
                "wanted", _("%(name)s n’agit pas %(where)s : choisissez la personne la mieux placée.") % told
            )
        elif wanted and not Catalyst.objects.with_room().present().filter(pk=wanted.pk).exists():
            said = _("%(name)s n’a pas de place en ce moment : choisissez la personne la mieux placée.")
            self.add_error("wanted", said % {"name": wanted.name})
        return cleaned

    def clean_organisation(self) -> Organisation | None:
        chosen = self.cleaned_data["organisation"]
        return self._known.get(chosen) if chosen else None


class WordsForm(forms.Form):
    """The few words that go with an answer: why, or what came of it."""

    words = Words(label=gettext_lazy("En quelques mots"), rows=3, max_length=1_500)


class HandOnForm(WordsForm):
    """`people` may be named; nobody named, it goes to the next."""

    to = forms.ModelChoiceField(
        Catalyst.objects.none(),
        label=gettext_lazy("À qui"),
        required=False,
        empty_label=gettext_lazy("À la personne suivante"),
    )

    def __init__(self, *args: Any, people: list[Catalyst], **more: Any) -> None:
        super().__init__(*args, **more)
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)
        to.queryset = Catalyst.objects.active().filter(pk__in=[each.pk for each in people])
