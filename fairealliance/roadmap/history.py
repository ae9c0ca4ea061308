"""What happened, in order of date: of a measure, of a programme."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import gettext as _

from fairealliance.lib.text_fr import shorten
from fairealliance.roadmap import words
from fairealliance.roadmap.enums import Result
from fairealliance.roadmap.state import MeasureState, ProgrammeState

_TOLD = 220


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or is expected, on a day."""

    on: date
    title: str
    text: str = ""
    href: str = ""
    kind: str = "report"
    """report, correction, wording, statement, issue, start or expected."""
    key: str = ""
    """With kind and day, tells it from any other: a measure's number, a statement's code."""
    recorded_at: datetime | None = None
    """When it came here."""
    recorded: str = ""
    """The day it came here, in words, when that is not the day it was made public."""

    @property
    def day(self) -> str:
        return words.day(self.on)


def of_measure(state: MeasureState, known_on: date) -> list[Event]:
    """Every version of its reports and wording known on a day, the latest first. Two queries."""
    measure = state.measure
    events = [Event(state.started_on, _("Début de la mesure"), kind="start")]
    events += [
        Event(edition.since, _("Nouvelle rédaction de la mesure"), edition.reason, kind="wording")
        for edition in measure.editions.filter(number__gt=1, since__lte=known_on)
    ]
    for report in measure.reports.filter(issued_on__lte=known_on):
        when = words.day(report.dated_on)
        then = f"{measure.get_absolute_url()}?date={report.issued_on.isoformat()}"
        recorded = words.recorded(report.issued_on, report.recorded_at)
        if report.is_correction:
            title, text, kind = _("Correction du bilan au %s") % when, _("Motif : %s") % report.reason, "correction"
        else:
            title, text, kind = _("Bilan au %s") % when, shorten(report.text, _TOLD), "report"
        events.append(Event(report.issued_on, title, text, then, kind, recorded=recorded))
    return sorted(events, key=lambda event: event.on, reverse=True)


def of_programme(state: ProgrammeState) -> list[Event]:
    """The reports that held on its day, what was issued and said of it, what is still expected. No query."""
    programme = state.programme
    events = [Event(programme.started_on, _("Début du programme"), programme.title, kind="start")]
    for issued in state.progress_reports:
        href = f"{programme.address('progress')}?date={issued.dated_on.isoformat()}"
        text, key = shorten(issued.text, _TOLD), issued.dated_on.isoformat()
        events.append(Event(issued.issued_on, issued.title, text, href, "issue", key, issued.recorded_at))
    for told in state.statements:
        source = _("Source : %s") % told.source_label
        events.append(
            Event(told.dated_on, told.title, source, told.source_url, "statement", told.code, told.recorded_at)  # type: ignore[attr-defined]  # `editions.held` says it
        )
    for measure in state.measures:
        events += _of_reports(measure)
    for dimension, measures in state.families:
        effects = {
            each.first_effects[1] for each in measures if each.delay == (dimension.delay_min, dimension.delay_max)
        }
        for day in sorted(filter(None, effects)):
            title = _("%(title)s : premiers effets attendus au plus tard") % {"title": dimension.title}
            events.append(Event(day, title, kind="expected"))
    return sorted(events, key=lambda event: event.on, reverse=True)


def _of_reports(state: MeasureState) -> list[Event]:
    title = _("Mesure %(number)d : %(title)s") % {"number": state.number, "title": state.title}
    found = []
    for report in state.reports:
        result = f"{Result(report.result).label}. " if report.result else ""
        text = shorten(f"{str(result).capitalize()}{report.text}", _TOLD)
        kind = "correction" if report.is_correction else "report"
        key = f"{state.number}:{report.dated_on.isoformat()}"
        recorded = words.recorded(report.issued_on, report.recorded_at)
        about = _("%(title)s (bilan au %(day)s)") % {"title": title, "day": words.day(report.dated_on)}
        shown = title if report.dated_on == report.issued_on else about
        href = state.get_absolute_url()
        found.append(Event(report.issued_on, shown, text, href, kind, key, report.recorded_at, recorded))
    return found


def by_year(events: Iterable[Event]) -> list[tuple[int, list[Event]]]:
    """Events already in order, year by year."""
    return [(year, list(some)) for year, some in groupby(events, key=lambda event: event.on.year)]
