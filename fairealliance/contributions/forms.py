"""The steps of a proposal. Each is a form over what was typed at that step, kept whether right or not yet."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.contributions.fields import BLANK_CHOICE, Money, Words, Year, words_area
from fairealliance.goals.vocabulary import GOALS, THEMES
from fairealliance.lib.text_fr import without_controls
from fairealliance.lib.web_address import WebAddress
from fairealliance.organisations.enums import Sphere
from fairealliance.organisations.models import Organisation
from fairealliance.practices.enums import Form, PartnerRole, PartnershipKind, PracticeStage
from fairealliance.practices.rows import PartnerRow
from fairealliance.territories.autocomplete import Suggestion, resolve_text
from fairealliance.territories.models import Territory

MOST_PLACES, MOST_PARTNERS = 5, 10
_LONGEST_RAW = 20_000
_THEME_CHOICES: list[tuple[str, str]] = sorted(
    ((slug, theme.name) for slug, theme in THEMES.items()), key=lambda pair: pair[1]
)


class StepForm(forms.Form):
    """One step. Labels and hints are said as one would aloud."""

    slug: str
    name: Any
    lists: tuple[str, ...] = ()

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="%s")

    @classmethod
    def raw(cls, sent: QueryDict) -> dict[str, Any]:
        """What was typed, as it will be kept: names of ours only, of a length a database can bear."""
        found: dict[str, Any] = {}
        for name in cls.names():
            if name in cls.lists:
                found[name] = [without_controls(value)[:60] for value in sent.getlist(name)[:200]]
            elif name in sent:
                found[name] = without_controls(str(sent[name])).replace("\r\n", "\n").strip()[:_LONGEST_RAW]
        return found

    @classmethod
    def names(cls) -> list[str]:
        return list(cls.base_fields)


class WhatForm(StepForm):
    slug, name = "quoi", gettext_lazy("Quoi")
    lists = ("goals", "themes")

    title = Words(
        label=gettext_lazy("Un titre en une phrase"),
        help_text=gettext_lazy("Avec un verbe : « Un garage et une école remettent des jeunes en selle »."),
        max_length=200,
    )
    challenge = Words(
        label=gettext_lazy("Le défi"),
        help_text=gettext_lazy("Qu’est-ce qui n’allait pas, pour qui ?"),
        widget=words_area(4),
        max_length=4000,
    )
    summary = Words(
        label=gettext_lazy("Ce qui a été fait"),
        help_text=gettext_lazy("Racontez simplement : qui a fait quoi, dans quel ordre."),
        widget=words_area(8),
        max_length=8000,
    )
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Thèmes"),
        required=False,
        choices=_THEME_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    goals = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Objectifs de développement durable"),
        required=False,
        coerce=int,
        choices=[(number, f"{number}. {goal.short}") for number, goal in GOALS.items()],
        widget=forms.CheckboxSelectMultiple,
    )


class WhereForm(StepForm):
    """Fields `place_0`… and `partner_0_name`, `partner_0_sphere`, `partner_0_role`…"""

    slug, name = "ou", gettext_lazy("Où, et avec qui")

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields.update(_where_fields())
        self.homonyms: dict[str, list[Suggestion]] = {}

    @classmethod
    def raw(cls, sent: QueryDict) -> dict[str, Any]:
        """A place chosen among its homonyms (`place_0_which`) stands for the name typed, unless that was changed."""
        found = super().raw(sent)
        for name in (f"place_{n}" for n in range(MOST_PLACES)):
            chosen = without_controls(sent.get(f"{name}_which", ""))[:200]
            if chosen and found.get(name) == sent.get(f"{name}_asked", "").strip():
                found[name] = chosen
        return found

    @classmethod
    def names(cls) -> list[str]:
        return list(_where_fields())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["places"] = self._places(cleaned)
        cleaned["partners"] = self._partners(cleaned)
        return cleaned

    def _places(self, cleaned: dict[str, Any]) -> list[Territory]:
        found: dict[int, Territory] = {}
        for name in (f"place_{n}" for n in range(MOST_PLACES)):
            if not cleaned.get(name):
                continue
            resolution = resolve_text(cleaned[name])
            if resolution.territory:
                found[resolution.territory.pk] = resolution.territory
            else:
                self.homonyms[name] = resolution.candidates[:8]
                self.add_error(name, _which([f"{each.name} ({each.context})" for each in resolution.candidates[:4]]))
        if not found and not self.errors:
            self.add_error("place_0", _("Dites au moins un lieu : une commune, un département…"))
        return list(found.values())

    def _partners(self, cleaned: dict[str, Any]) -> list[PartnerRow]:
        rows: dict[tuple[str, str], PartnerRow] = {}
        for number in range(MOST_PARTNERS):
            said = cleaned.get(f"partner_{number}_name", "")
            if not said:
                continue
            known = organisation_of(said)
            name = known.name if known else said
            sphere = cleaned.get(f"partner_{number}_sphere") or (known.sphere if known else "")
            role = cleaned.get(f"partner_{number}_role", "")
            rows[name, role] = PartnerRow(known.pk if known else None, name, sphere, role)
        if not rows and "partner_0_name" not in self.errors:
            self.add_error("partner_0_name", _("Dites au moins qui l’a fait : le nom d’une organisation suffit."))
        return list(rows.values())


def _which(candidates: list[str]) -> str:
    if not candidates:
        return _("Nous ne connaissons pas ce lieu : essayez un code postal, ou le nom entier de la commune.")
    said = _("Plusieurs lieux portent ce nom. Écrivez par exemple : %(names)s.")
    return said % {"names": " ; ".join(candidates)}


def organisation_of(said: str) -> Organisation | None:
    """`organisation:12` is one we know; any other text is a name."""
    kind, _separator, number = said.partition(":")
    if kind != "organisation" or not number.isdecimal() or len(number) > 15:
        return None
    return Organisation.objects.filter(pk=int(number)).first()


def _where_fields() -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for n in range(MOST_PLACES):
        fields[f"place_{n}"] = Words(label=_("Lieu %(n)d") % {"n": n + 1}, required=False, max_length=200)
    for n in range(MOST_PARTNERS):
        fields[f"partner_{n}_name"] = Words(
            label=_("Organisation %(n)d") % {"n": n + 1}, required=False, max_length=300
        )
        fields[f"partner_{n}_sphere"] = forms.ChoiceField(
            label=_("Sa sphère"), required=False, choices=[("", _("je ne sais pas")), *Sphere.choices]
        )
        fields[f"partner_{n}_role"] = forms.ChoiceField(
            label=_("Son rôle"), required=False, choices=[("", _("je ne sais pas")), *PartnerRole.choices]
        )
    return fields


class HowForm(StepForm):
    slug, name = "comment", gettext_lazy("Comment, et pour quels résultats")

    form = forms.ChoiceField(
        label=gettext_lazy("Quelle forme a pris l’alliance ?"), required=False, choices=[BLANK_CHOICE, *Form.choices]
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Quel type de partenariat ?"),
        required=False,
        choices=[BLANK_CHOICE, *PartnershipKind.choices],
    )
    stage = forms.ChoiceField(
        label=gettext_lazy("Où en est-on ?"), required=False, choices=[BLANK_CHOICE, *PracticeStage.choices]
    )
    start_year = Year(label=gettext_lazy("Année de début"), required=False)
    end_year = Year(label=gettext_lazy("Année de fin"), required=False, help_text=gettext_lazy("Si c’est terminé."))
    cost = Money(
        label=gettext_lazy("Coût total, en euros"),
        required=False,
        help_text=gettext_lazy("Laissez vide si vous ne le connaissez pas : « inconnu » n’est pas zéro."),
    )
    funding = Words(label=gettext_lazy("Qui a payé quoi"), required=False, widget=words_area(3), max_length=4000)
    results = Words(
        label=gettext_lazy("Ce que cela a changé"),
        required=False,
        help_text=gettext_lazy("Des chiffres si vous en avez, sinon ce que vous avez vu."),
        widget=words_area(5),
        max_length=8000,
    )
    conditions = Words(
        label=gettext_lazy("Pour le refaire ailleurs"),
        required=False,
        help_text=gettext_lazy("Ce qu’il faut réunir, et ce que vous feriez autrement."),
        widget=words_area(4),
        max_length=4000,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("start_year"), cleaned.get("end_year")
        if start and end and end < start:
            self.add_error("end_year", _("La fin vient avant le début : vérifiez les deux années."))
        return cleaned


class ProofForm(StepForm):
    slug, name = "preuves", gettext_lazy("Preuves, photos et documents")

    evidence = Words(
        label=gettext_lazy("Comment le savez-vous ?"),
        required=False,
        help_text=gettext_lazy("Un bilan, une évaluation, un comptage, un article…"),
        widget=words_area(3),
        max_length=4000,
    )
    source_url = WebAddress(label=gettext_lazy("Une page qui en parle"), required=False, max_length=1000)


class ContactForm(StepForm):
    slug, name = "contact", gettext_lazy("Contact et accord")

    contact = Words(
        label=gettext_lazy("Qui contacter à ce sujet, publiquement ?"),
        required=False,
        help_text=gettext_lazy("Affiché sur la page : un service, un numéro, une adresse. Vide : rien n’est affiché."),
        max_length=300,
    )
    contact_name = Words(label=gettext_lazy("Votre nom"), required=False, max_length=200)
    contact_email = forms.EmailField(
        label=gettext_lazy("Votre courriel"),
        help_text=gettext_lazy("Jamais publié. Il sert à vous répondre, puis il est effacé."),
        max_length=254,
        error_messages={"required": gettext_lazy("Sans courriel, nous ne pourrions pas vous répondre.")},
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "J’ai le droit de transmettre ces textes et ces images, les personnes reconnaissables sont d’accord, "
            "et j’accepte leur publication sous Licence Ouverte 2.0."
        ),
        error_messages={"required": gettext_lazy("Sans votre accord, nous ne pouvons rien publier.")},
    )


STEPS: dict[str, type[StepForm]] = {form.slug: form for form in (WhatForm, WhereForm, HowForm, ProofForm, ContactForm)}
# Kept in columns of their own, not in `content`: erased when all is over.
PRIVATE = ("contact_name", "contact_email", "consent")


class CorrectionForm(forms.Form):
    """One field of one thing."""

    field = forms.ChoiceField(label=gettext_lazy("Qu’est-ce qui n’est pas juste ?"))
    after = Words(
        label=gettext_lazy("Ce qu’il faudrait lire"),
        widget=words_area(5),
        max_length=8000,
    )
    comment = Words(
        label=gettext_lazy("Comment le savez-vous ?"),
        help_text=gettext_lazy("Un lien, un document, votre fonction…"),
        required=False,
        widget=words_area(3),
        max_length=2000,
    )
    contact_email = forms.EmailField(
        label=gettext_lazy("Votre courriel"),
        help_text=gettext_lazy("Pour savoir ce que devient votre remarque. Jamais publié, puis effacé."),
        required=False,
        max_length=254,
    )

    def __init__(self, data: Mapping[str, Any] | None, choices: list[tuple[str, str]], initial: str = "") -> None:
        super().__init__(data, auto_id="%s", initial={"field": initial})
        chosen = self.fields["field"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = choices
