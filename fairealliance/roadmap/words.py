"""Delays, dates and results in words."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fairealliance.lib.dates_fr import in_words, month_in_words
from fairealliance.lib.text_fr import typeset
from fairealliance.roadmap.enums import Result
from fairealliance.roadmap.state import IndicatorState, MeasureState, ProgrammeState


def french(text: str) -> str:
    """Set for reading: no line ends after an opening guillemet, none begins with a sign of the word before."""
    return typeset(text).replace("« ", "«\u00a0")


day = in_words


def recorded(issued_on: date, recorded_at: datetime) -> str:
    """The day it was recorded here, when it is not the day it was made public."""
    here = timezone.localdate(recorded_at)
    return "" if here == issued_on else in_words(here)


_PARTS = {
    "programme": gettext_lazy("Texte du programme"),
    "dimension": gettext_lazy("Texte de dimension"),
    "workstream": gettext_lazy("Texte de chantier"),
    "changeforce": gettext_lazy("Texte de force du changement"),
    "lever": gettext_lazy("Levier"),
    "illustration": gettext_lazy("Exemple d’une force ou d’un levier"),
    "statement": gettext_lazy("Propos d’une source"),
    "facilitator": gettext_lazy("Facilitateur"),
    "indicator": gettext_lazy("Indicateur"),
}


def part(kind: str) -> str:
    """What sort of part of a programme it is."""
    return str(_PARTS[kind])


def today() -> date:
    return timezone.localdate()


def delay(low: int | None, high: int | None) -> str:
    """`3 à 9 mois`, `3 mois`; empty when not told."""
    if low is None and high is None:
        return ""
    if low is None or high is None or low == high:
        months = high if high is not None else low
        return ngettext("%(months)d mois", "%(months)d mois", months or 0) % {"months": months}
    return _("%(low)d à %(high)d mois") % {"low": low, "high": high}


def first_effects(state: MeasureState) -> str:
    """When first effects were expected: `entre août 2020 et février 2021`."""
    low, high = state.first_effects
    if high is None:
        return ""
    end = month_in_words(high)
    if low is None or low == high:
        return _("d’ici %(end)s") % {"end": end}
    return _("entre %(start)s et %(end)s") % {"start": month_in_words(low), "end": end}


def result(state: MeasureState) -> str:
    return str(state.result.label)


def standing(state: MeasureState) -> str:
    """The state of a measure in a few words: its result; that it was reported; else that nothing is known."""
    if state.result != Result.NOT_REPORTED:
        return str(state.result.label)
    if state.report:
        return _("bilan au %(day)s, résultat non renseigné") % {"day": day(state.report.dated_on)}
    return _("non renseigné")


def facilitators(state: MeasureState) -> str:
    return ", ".join(each.name for each in state.facilitators)


def counts(state: ProgrammeState) -> list[tuple[Result, int, str]]:
    """Results in order, with how many measures and in words; those nobody has are left out but « non renseigné »."""
    return [
        (each, state.counts[each], str(each.label))
        for each in Result
        if state.counts[each] or each == Result.NOT_REPORTED
    ]


def statement_counts(told: dict[str, int]) -> str:
    """`objectif dépassé : 12 ; objectif atteint : 7`, as a source counts them."""
    parts = [f"{each.label}\u00a0: {told[each]}" for each in Result if told.get(each)]
    return " ; ".join(parts)


def figure(value: object, unit: str) -> str:
    """A reading with its unit; « non renseigné » when there is none."""
    if value is None:
        return _("non renseigné")
    text = f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return f"{text.replace('.', ',')}\u00a0{unit}".strip() if unit else text.replace(".", ",")


def indicator(state: IndicatorState) -> list[tuple[str, str]]:
    """Baseline, target and last reading, each with its date."""
    held = state.indicator
    return [
        (
            _("Départ"),
            _dated(figure(held.baseline, held.unit), held.baseline_on if held.baseline is not None else None),
        ),
        (_("Cible"), _dated(figure(held.target, held.unit), held.target_on if held.target is not None else None)),
        (_("Relevé"), _dated(figure(state.value, held.unit), state.read_on)),
    ]


def _dated(text: str, when: date | None) -> str:
    return _("%(text)s (%(day)s)") % {"text": text, "day": day(when)} if when else text
