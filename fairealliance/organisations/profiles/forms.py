"""The profile, section by section: short forms are finished."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.goals.vocabulary import GOALS, THEMES
from fairealliance.lib.text_fr import fold
from fairealliance.lib.typed import Line, Words
from fairealliance.lib.web_address import WebAddress
from fairealliance.organisations.enums import AllianceKind, Exchange, FinancialResource, HumanWealth, Sphere
from fairealliance.organisations.members.forms import ANY_PLACE, IN_COMMUNE, Place, SphereChoice
from fairealliance.organisations.models import Organisation, Profile
from fairealliance.organisations.profiles.skills import Understood, understood
from fairealliance.territories.models import Territory

_MOST_SKILLS, _LONGEST_SKILL = 20, 60
_MOST_AT_ONCE = 99


def lines_of(text: str) -> list[str]:
    """Each once."""
    told = [" ".join(line.split()) for line in text.splitlines()]
    return list(dict.fromkeys(line for line in told if line))


def skills_in(text: str) -> list[str]:
    """One per line, each once. Raises ValidationError beyond twenty, and for one too long."""
    skills = lines_of(text)
    if len(skills) > _MOST_SKILLS:
        raise forms.ValidationError(_("Vingt compétences au plus."))
    if long := next((skill for skill in skills if len(skill) > _LONGEST_SKILL), ""):
        raise forms.ValidationError(_("Plus court, s’il vous plaît : « %(skill)s… ».") % {"skill": long[:30]})
    return skills


class Choices(forms.MultipleChoiceField):
    """Several of an enum, none for "not told"."""

    def __init__(self, choices: type[models.TextChoices], **options: Any) -> None:
        super().__init__(
            choices=choices.choices, required=False, widget=forms.CheckboxSelectMultiple, **options
        )  # fmt: skip


class Section(forms.Form):
    """`version`: that of the profile which was read."""

    title: Any = ""
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    @property
    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class PresentationForm(Section):
    title = gettext_lazy("Présentation")
    sphere = SphereChoice()
    acronym = Line(label=gettext_lazy("Sigle"), max_length=60, required=False)
    description = Words(label=gettext_lazy("Ce qu’elle fait"), rows=6, max_length=3_000, required=False)
    website = WebAddress(label=gettext_lazy("Site"), max_length=500, required=False)
    email = forms.EmailField(
        label=gettext_lazy("Courriel public"),
        help_text=gettext_lazy("Il est publié : une adresse de l’organisation, pas la vôtre."),
        max_length=254,
        required=False,
    )
    phone = Line(label=gettext_lazy("Téléphone public"), max_length=30, required=False)


class GoalsForm(Section):
    title = gettext_lazy("Objectifs")
    goals = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Objectifs de développement durable"),
        coerce=int,
        choices=[(goal.number, f"{goal.number}. {goal.short}") for goal in GOALS.values()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Thèmes"),
        choices=[(theme.slug, theme.name) for theme in sorted(THEMES.values(), key=lambda each: fold(each.name))],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ExchangesForm(Section):
    title = gettext_lazy("Ce qu’elle cherche et apporte")
    seeks = Choices(Exchange, label=gettext_lazy("Elle cherche"))
    seeks_words = Words(label=gettext_lazy("Ce qu’elle cherche, en quelques mots"), max_length=1_500, required=False)
    brings = Choices(Exchange, label=gettext_lazy("Elle apporte"))
    brings_words = Words(label=gettext_lazy("Ce qu’elle apporte, en quelques mots"), max_length=1_500, required=False)
    skills = Words(
        label=gettext_lazy("Ses compétences"),
        help_text=gettext_lazy("Une par ligne, vingt au plus, avec vos mots."),
        max_length=2_000,
        required=False,
    )
    welcomes = Choices(Sphere, label=gettext_lazy("Avec qui elle souhaite s’allier"))
    capacity = forms.IntegerField(
        label=gettext_lazy("Mises en relation à la fois"),
        help_text=gettext_lazy(
            "Combien vous pouvez en suivre en même temps. Une fois ce nombre atteint, nous ne proposons plus votre "
            "organisation, jusqu’à ce que l’une prenne fin ou devienne une alliance. 0 : aucune pour l’instant. Vide : "
            "pas de limite."
        ),
        min_value=0,
        max_value=_MOST_AT_ONCE,
        required=False,
        widget=forms.NumberInput({"class": "short"}),
    )

    def clean_skills(self) -> list[str]:
        return skills_in(self.cleaned_data["skills"])

    def understood(self) -> Understood:
        """Of what stands in the boxes, right or not yet."""
        said = {name: self[name].value() or "" for name in ("seeks", "seeks_words", "brings", "brings_words", "skills")}
        return understood({**said, "skills": lines_of(said["skills"])})


class ModelForm(Section):
    title = gettext_lazy("Modèle socio-économique")
    human = Choices(HumanWealth, label=gettext_lazy("Richesses humaines"))
    human_words = Words(label=gettext_lazy("Qui la fait vivre, en quelques mots"), max_length=1_500, required=False)
    financial = Choices(FinancialResource, label=gettext_lazy("Ressources financières"))
    financial_words = Words(label=gettext_lazy("De quoi elle vit, en quelques mots"), max_length=1_500, required=False)
    alliances = Choices(AllianceKind, label=gettext_lazy("Alliances"))
    alliances_words = Words(label=gettext_lazy("Ses alliances, en quelques mots"), max_length=1_500, required=False)


class WhereForm(Section):
    """Its seat, and where it acts: those kept, and three more at a time."""

    title = gettext_lazy("Où elle agit")
    seat = Place(levels=IN_COMMUNE, label=gettext_lazy("Commune du siège"), required=False)
    kept = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Territoires où elle agit"),
        help_text=gettext_lazy("Décochez pour retirer."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new_1 = Place(label=gettext_lazy("Ajouter un territoire où elle agit"), help_text=ANY_PLACE, required=False)
    new_2 = Place(label=gettext_lazy("Ajouter un autre territoire"), help_text=ANY_PLACE, required=False)
    new_3 = Place(label=gettext_lazy("Ajouter un troisième territoire"), help_text=ANY_PLACE, required=False)

    def __init__(self, *args: Any, territories: list[Territory], **options: Any) -> None:
        super().__init__(*args, **options)
        kept = self.fields["kept"]
        assert isinstance(kept, forms.TypedMultipleChoiceField)
        kept.choices = [(each.pk, each.name) for each in territories]
        if not territories:
            del self.fields["kept"]

    @property
    def territories(self) -> set[int]:
        said = self.cleaned_data
        new = (said[name] for name in ("new_1", "new_2", "new_3"))
        return {*said.get("kept", ()), *(territory.pk for territory in new if territory)}


class SiteForm(forms.Form):
    name = Line(label=gettext_lazy("Nom du lieu"), max_length=300)
    address = Line(label=gettext_lazy("Adresse"), max_length=300, required=False)
    postal_code = forms.RegexField(
        r"^\d{5}$",
        label=gettext_lazy("Code postal"),
        required=False,
        error_messages={"invalid": gettext_lazy("Cinq chiffres.")},
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": 5}),
    )
    territory = Place(levels=IN_COMMUNE, label=gettext_lazy("Commune"))


SECTIONS: Mapping[str, type[Section]] = {
    "presentation": PresentationForm,
    "objectifs": GoalsForm,
    "ou": WhereForm,
    "echanges": ExchangesForm,
    "modele": ModelForm,
}


def initial_of(form: type[Section], organisation: Organisation, profile: Profile) -> dict[str, Any]:
    """What the form shows first."""
    found: dict[str, Any] = {"version": profile.version}
    for name in form.base_fields:
        holder = next((each for each in (profile, organisation) if hasattr(each, name)), None)
        if name != "version" and holder is not None:
            found[name] = getattr(holder, name)
    if "skills" in found:
        found["skills"] = "\n".join(found["skills"])
    return found
