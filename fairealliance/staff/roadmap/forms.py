"""The forms of a programme and of its parts."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.lib.web_address import WebAddress
from fairealliance.organisations.models import Organisation
from fairealliance.roadmap.actions.refusals import Refused
from fairealliance.roadmap.editions import version_of
from fairealliance.roadmap.enums import TOLD
from fairealliance.roadmap.exchange import references
from fairealliance.roadmap.forms import Day, Prose
from fairealliance.roadmap.models import Facilitator, Indicator, Measure, Programme, Statement
from fairealliance.staff.roadmap import pasted

_FIGURE: dict[str, Any] = {"required": False, "max_digits": 16, "decimal_places": 4, "localize": True}
_MONTHS: dict[str, Any] = {"required": False, "min_value": 0, "max_value": 600}


class HeldForm(forms.Form):
    """A form about something that may be there already: it carries the edition that was read."""

    read_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, held: Any, **options: Any) -> None:
        self.held = held
        told = {**_values(held, list(self.base_fields)), **options.pop("initial", {})}
        options["initial"] = {**told, "read_version": version_of(held)}
        super().__init__(*args, **options)

    @property
    def told(self) -> dict[str, Any]:
        """What to write. Without the edition read, none was."""
        return {**self.cleaned_data, "read_version": self.cleaned_data.get("read_version") or 0}


class ProgrammeForm(HeldForm):
    """A roadmap: whose, since when."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=250)
    slug = forms.SlugField(
        label=gettext_lazy("Adresse"), max_length=60, help_text=gettext_lazy("Par exemple : reseau-des-maisons")
    )
    description = Prose(label=gettext_lazy("Présentation"), rows=4, required=False)
    started_on = Day(label=gettext_lazy("Début"))
    ended_on = Day(label=gettext_lazy("Fin"), required=False)
    rhythm = forms.IntegerField(
        label=gettext_lazy("Mois entre deux bilans d’une mesure"),
        help_text=gettext_lazy("Vide : un seul bilan est attendu, à la fin du délai de la mesure."),
        required=False,
        min_value=1,
        max_value=60,
    )
    source_label = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)
    source_url = WebAddress(label=gettext_lazy("Adresse de la source"), max_length=500, required=False)

    def __init__(self, *args: Any, held: Programme | None, **options: Any) -> None:
        super().__init__(*args, held=held, **options)
        if held:
            self.fields["slug"].disabled = True

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"] if self.held else self.cleaned_data["slug"].lower()
        if self.held is None and Programme.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("Un autre programme a déjà cette adresse."))
        return slug


class PartForm(HeldForm):
    """Something numbered in a programme."""

    number = forms.IntegerField(label=gettext_lazy("Numéro"), min_value=1, max_value=999)
    title = forms.CharField(label=gettext_lazy("Titre"), max_length=250)
    text = Prose(label=gettext_lazy("Texte"), rows=4, required=False)

    def __init__(self, *args: Any, programme: Programme, held: Any, taken: str, **options: Any) -> None:
        self.programme, self.taken = programme, taken
        numbers = getattr(programme, taken).values_list("number", flat=True)
        next_one = {} if held else {"number": max(numbers, default=0) + 1}
        super().__init__(*args, held=held, initial=next_one, **options)
        if held:
            self.fields["number"].disabled = True

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if self.held is None and getattr(self.programme, self.taken).filter(number=number).exists():
            raise forms.ValidationError(_("Ce numéro est déjà pris."))
        return number


class LeverForm(PartForm):
    """A lever may have no title: documents count some without naming them."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=250, required=False)


class DimensionForm(PartForm):
    """A family of measures and their delay."""

    delay_min = forms.IntegerField(label=gettext_lazy("Délai, de (mois)"), **_MONTHS)
    delay_max = forms.IntegerField(label=gettext_lazy("Délai, à (mois)"), **_MONTHS)


class MeasureForm(PartForm):
    """What a measure says. Another wording says why; the former stays readable at its date."""

    text = None  # type: ignore[assignment]  # a measure tells it in its own words
    objective = Prose(label=gettext_lazy("Objectif"), rows=4, required=False)
    ways = Prose(label=gettext_lazy("Modalités d’action"), rows=4, required=False)
    expected = Prose(label=gettext_lazy("Résultats attendus"), rows=3, required=False)
    dimension: Any = forms.ModelChoiceField(label=gettext_lazy("Dimension"), queryset=None)
    workstream: Any = forms.ModelChoiceField(label=gettext_lazy("Chantier"), queryset=None, required=False)
    delay_min = forms.IntegerField(label=gettext_lazy("Délai propre, de (mois)"), **_MONTHS)
    delay_max = forms.IntegerField(label=gettext_lazy("Délai propre, à (mois)"), **_MONTHS)
    started_on = Day(label=gettext_lazy("Début"), required=False, help_text=gettext_lazy("Vide : avec le programme."))
    reason = Prose(label=gettext_lazy("Pourquoi la mesure change"), rows=2, max_length=2000)
    read_edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, programme: Programme, held: Measure | None, taken: str, **options: Any) -> None:
        super().__init__(*args, programme=programme, held=held, taken=taken, **options)
        for name, rows in (("dimension", programme.dimensions.all()), ("workstream", programme.workstreams.all())):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if held is None:
            del self.fields["reason"], self.fields["read_edition"]
        else:
            self.fields["read_edition"].initial = held.edition
            self.initial["read_edition"] = held.edition

    @property
    def told(self) -> dict[str, Any]:
        """A measure has editions of its own."""
        return {name: value for name, value in self.cleaned_data.items() if name != "read_version"}


class FacilitatorForm(HeldForm):
    """Who carries a measure, and while they do."""

    name = forms.CharField(label=gettext_lazy("Nom"), max_length=250)
    organisation = forms.CharField(
        label=gettext_lazy("Son organisation"),
        help_text=gettext_lazy("L’adresse de sa page sur ce site, ou siren:123456789, rna:W123456789. Rien : aucune."),
        max_length=300,
        required=False,
    )
    since = Day(label=gettext_lazy("Depuis"), required=False)
    until = Day(
        label=gettext_lazy("Jusqu’au"),
        help_text=gettext_lazy("Quand elle ne porte plus la mesure : elle reste dans l’histoire."),
        required=False,
    )

    def __init__(self, *args: Any, held: Facilitator | None, **options: Any) -> None:
        organisation = references.of_organisation(held.organisation) if held else ""
        super().__init__(*args, held=held, initial={"organisation": organisation}, **options)

    def clean_organisation(self) -> Organisation | None:
        text = self.cleaned_data["organisation"].strip()
        try:
            return pasted.organisation(text) if text else None
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


class InviteForm(forms.Form):
    """A person to report on a measure. Without an account, they are invited by mail."""

    email = forms.EmailField(label=gettext_lazy("Adresse de courriel"), max_length=254)
    name = forms.CharField(label=gettext_lazy("Nom"), max_length=200, required=False)


class IndicatorForm(HeldForm):
    """A figure that a measure wants to move."""

    code = forms.SlugField(
        label=gettext_lazy("Nom court"),
        max_length=60,
        help_text=gettext_lazy("Pour l’import et l’export : cas-recenses, par exemple."),
    )
    label = forms.CharField(label=gettext_lazy("Indicateur"), max_length=300)
    unit = forms.CharField(label=gettext_lazy("Unité"), max_length=40, required=False)
    baseline = forms.DecimalField(label=gettext_lazy("Départ"), **_FIGURE)
    baseline_on = Day(label=gettext_lazy("Départ, le"), required=False)
    target = forms.DecimalField(label=gettext_lazy("Cible"), **_FIGURE)
    target_on = Day(label=gettext_lazy("Cible, le"), required=False)

    def __init__(self, *args: Any, measure: Measure, held: Indicator | None, **options: Any) -> None:
        self.measure = measure
        super().__init__(*args, held=held, **options)
        if held:
            self.fields["code"].disabled = True

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"] if self.held else self.cleaned_data["code"].lower()
        if self.held is None and self.measure.indicators.filter(code=code, removed_on=None).exists():
            raise forms.ValidationError(_("Un autre indicateur de cette mesure porte déjà ce nom."))
        return code

    @property
    def told(self) -> dict[str, Any]:
        """One that was taken away and comes back was not read."""
        told = super().told
        if self.held is None:
            del told["read_version"]
        return told


class IllustrationForm(HeldForm):
    """What shows that a force is at work, or a lever engaged."""

    label = forms.CharField(label=gettext_lazy("Illustration"), max_length=400)
    url = WebAddress(label=gettext_lazy("Adresse"), max_length=500, required=False)
    since = Day(label=gettext_lazy("Depuis"), required=False)


class StatementForm(HeldForm):
    """What a source says of the programme as a whole. How many measures it counts, result by result."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=300)
    text = Prose(label=gettext_lazy("Texte"), rows=4, required=False)
    dated_on = Day(label=gettext_lazy("Date"))
    source_label = forms.CharField(label=gettext_lazy("Source"), max_length=300)
    source_url = WebAddress(label=gettext_lazy("Adresse de la source"), max_length=500, required=False)

    def __init__(self, *args: Any, held: Statement | None, **options: Any) -> None:
        super().__init__(*args, held=held, **options)
        for each in TOLD:
            self.fields[f"count_{each.value}"] = forms.IntegerField(
                label=_("Mesures comptées « %s »") % each.label,
                required=False,
                min_value=0,
                max_value=9999,
                initial=held.counts.get(each.value) if held else None,
            )

    def clean_dated_on(self) -> date:
        day: date = self.cleaned_data["dated_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Cette date n’est pas encore là."))
        return day

    @property
    def told(self) -> dict[str, Any]:
        """Counts in one; what the source does not count is not there."""
        told = super().told
        counts = {each.value: told.pop(f"count_{each.value}") for each in TOLD}
        return {**told, "counts": {result: count for result, count in counts.items() if count is not None}}


class LinkForm(forms.Form):
    """A page of this site that a measure is tied to."""

    page = forms.CharField(
        label=gettext_lazy("Adresse de la page"),
        help_text=gettext_lazy("Un exemple, une ressource, un territoire ou une étude : copiez son adresse ici."),
        max_length=500,
    )

    def clean_page(self) -> tuple[str, int | str]:
        try:
            return pasted.link(self.cleaned_data["page"])
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


def _values(held: Any, names: list[str]) -> dict[str, Any]:
    return {name: getattr(held, name) for name in names if hasattr(held, name)} if held else {}
