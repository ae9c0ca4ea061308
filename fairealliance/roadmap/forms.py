"""What people write: a report of a measure, of a workstream, the introduction of a progress report."""

import uuid
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.lib.typed import Words
from fairealliance.roadmap import words
from fairealliance.roadmap.enums import TOLD
from fairealliance.roadmap.models import Draft, Measure, Programme, Workstream

LONGEST = 20_000
_UNSAID = "unsaid"


class Prose(Words):
    """Several lines, of a report."""

    def __init__(self, *, rows: int = 8, **options: Any) -> None:
        options.setdefault("max_length", LONGEST)
        super().__init__(rows=rows, **options)


class Day(forms.DateField):
    """A date, with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)


class DatedForm(forms.Form):
    """What all reports share. One published for that date already is corrected by saying why."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    lock = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)
    dated_on = Day(label=gettext_lazy("Situation au"))
    text = Prose(label=gettext_lazy("Ce qui a été fait"), rows=10)
    reason = Prose(
        label=gettext_lazy("Motif de la correction"),
        rows=2,
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Seulement pour corriger un bilan déjà publié à cette date : l’ancien reste lisible."),
    )

    def __init__(self, *args: Any, subject: Measure | Workstream | Programme, **options: Any) -> None:
        self.subject = subject
        super().__init__(*args, **options)
        if not (self["reason"].value() or self._published().exists()):
            del self.fields["reason"]  # there is nothing to correct yet

    def clean_dated_on(self) -> date:
        day: date = self.cleaned_data["dated_on"]
        started = (self.subject.programme if isinstance(self.subject, Workstream) else self.subject).started_on
        if day > timezone.localdate():
            raise forms.ValidationError(_("Cette date n’est pas encore là."))
        if day < started:
            raise forms.ValidationError(_("C’est avant le début, le %s.") % words.day(started))
        return day

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        day = told.get("dated_on")
        if day is not None:
            told["corrects"] = self._published().filter(dated_on=day).exists()
            if told["corrects"] and not told.get("reason"):
                self.fields.setdefault("reason", deepcopy(self.base_fields["reason"]))  # published meanwhile
                self.add_error(
                    "reason", _("Un bilan est déjà publié au %s : dites pourquoi il change.") % words.day(day)
                )
            if not told["corrects"] and told.get("reason"):
                self.add_error(
                    "reason", _("Aucun bilan n’est publié au %s : il n’y a rien à corriger.") % words.day(day)
                )
        return told

    def _published(self) -> Any:
        return self.subject.progress_reports if isinstance(self.subject, Programme) else self.subject.reports

    @property
    def data_of_draft(self) -> dict[str, Any]:
        """What a draft keeps."""
        told = {key: value for key, value in self.cleaned_data.items() if key not in ("token", "lock")}
        return {"reason": "", **told}


class WorkstreamReportForm(DatedForm):
    """How a workstream stands."""


class MeasureReportForm(DatedForm):
    """How a measure stands."""

    result = forms.ChoiceField(
        label=gettext_lazy("Résultat, au regard de l’objectif"),
        widget=forms.RadioSelect,
        choices=[*((each.value, each.label) for each in TOLD), (_UNSAID, gettext_lazy("ce bilan ne le dit pas"))],
    )
    next_steps = Prose(label=gettext_lazy("Pour aller plus loin"), rows=4, required=False)
    author = forms.CharField(label=gettext_lazy("Rapporté par"), max_length=200, required=False)
    field_order = ("token", "lock", "dated_on", "result", "text", "next_steps")

    def __init__(self, *args: Any, subject: Measure, **options: Any) -> None:
        super().__init__(*args, subject=subject, **options)
        self.indicators = list(subject.indicators.filter(removed_on=None))
        for each in self.indicators:
            label = f"{each.label} ({each.unit})" if each.unit else each.label
            self.fields[f"reading_{each.code}"] = forms.DecimalField(
                label=label, required=False, max_digits=16, decimal_places=4, localize=True
            )

    @property
    def data_of_draft(self) -> dict[str, Any]:
        told = super().data_of_draft
        readings = {each.code: told.pop(f"reading_{each.code}") for each in self.indicators}
        told["readings"] = {code: f"{value:f}" for code, value in readings.items() if isinstance(value, Decimal)}
        told["result"] = "" if told["result"] == _UNSAID else told["result"]
        return told


class IntroductionForm(DatedForm):
    """The progress report: its date, its title, its introduction. The rest comes from the reports of that date."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=250)
    text = Prose(
        label=gettext_lazy("Introduction"),
        rows=14,
        help_text=gettext_lazy(
            "Une ligne vide sépare deux paragraphes. Le reste vient des bilans publiés à cette date."
        ),
    )
    field_order = ("token", "lock", "dated_on", "title", "text", "reason")


def form_for(subject: Measure | Workstream | Programme) -> type[DatedForm]:
    if isinstance(subject, Measure):
        return MeasureReportForm
    return WorkstreamReportForm if isinstance(subject, Workstream) else IntroductionForm


def initial_of(draft: Draft) -> dict[str, Any]:
    """A draft as its form shows it."""
    told = {name: getattr(draft, name) for name in ("dated_on", "title", "text", "next_steps", "author", "reason")}
    readings = {f"reading_{code}": Decimal(value) for code, value in draft.readings.items()}
    return {**told, **readings, "token": draft.token, "lock": draft.lock, "result": draft.result or _UNSAID}


def initial_of_report(report: Any) -> dict[str, Any]:
    """A published report as the form that corrects it shows it."""
    told = {name: getattr(report, name, "") for name in ("dated_on", "title", "text", "next_steps", "author")}
    if hasattr(report, "readings"):
        told |= {f"reading_{each.indicator.code}": each.value for each in report.readings.select_related("indicator")}
    return {**told, "result": getattr(report, "result", "") or _UNSAID}
