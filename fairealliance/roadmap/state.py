"""A programme on a day: its wording, reports and results then. The one place where it is decided.

Two readings of a past day. As it was known then (the one by default): what was public that day, and nothing that came
later. As it is known now: with the reports and corrections that came since about that day. The result of a measure is
that of its latest report, never typed anywhere else. The number of queries is fixed, whatever the programme's size.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.utils import timezone

from fairealliance.organisations.models import Organisation
from fairealliance.roadmap import editions
from fairealliance.roadmap.due import due_on, months_after
from fairealliance.roadmap.enums import Result
from fairealliance.roadmap.models import (
    ChangeForce,
    Dimension,
    Facilitator,
    Illustration,
    Indicator,
    Lever,
    Measure,
    MeasureEdition,
    MeasureReport,
    Programme,
    ProgressReport,
    Reading,
    Statement,
    Workstream,
    WorkstreamReport,
)
from fairealliance.roadmap.models.programmes import Part
from fairealliance.roadmap.models.reports import Dated

AnyReport = TypeVar("AnyReport", bound=Dated)


@dataclass(frozen=True, slots=True)
class IndicatorState:
    """A figure a measure wants to move, and the last reading of it."""

    indicator: Indicator
    value: Any = None
    read_on: date | None = None


@dataclass(frozen=True, slots=True)
class MeasureState:
    """A measure on a day."""

    measure: Measure
    wording: dict[str, Any]
    edition: MeasureEdition
    dimension: Dimension
    workstream: Workstream | None
    facilitators: tuple[Facilitator, ...]
    reports: tuple[MeasureReport, ...]  # the version that held that day, oldest first
    indicators: tuple[IndicatorState, ...]
    due_on: date | None
    delay: tuple[int | None, int | None]
    started_on: date

    @property
    def number(self) -> int:
        return self.measure.number

    @property
    def title(self) -> str:
        return str(self.wording["title"])

    @property
    def report(self) -> MeasureReport | None:
        return self.reports[-1] if self.reports else None

    @property
    def result(self) -> Result:
        return Result(self.report.result or Result.NOT_REPORTED) if self.report else Result.NOT_REPORTED

    @property
    def first_effects(self) -> tuple[date | None, date | None]:
        """Between which days the first effects were expected."""
        low, high = self.delay
        start = self.started_on
        return (
            None if low is None else months_after(start, low),
            None if high is None else months_after(start, high),
        )

    def get_absolute_url(self) -> str:
        return self.measure.get_absolute_url()


@dataclass(frozen=True, slots=True)
class PartState:
    """A force or a lever, and what illustrates it; a workstream, and its reports."""

    part: Part
    illustrations: tuple[Illustration, ...] = ()
    reports: tuple[WorkstreamReport, ...] = ()

    @property
    def report(self) -> WorkstreamReport | None:
        return self.reports[-1] if self.reports else None


@dataclass(frozen=True, slots=True)
class ProgrammeState:
    """All of a programme on a day. `programme`: as it was, not to be saved."""

    programme: Programme
    on: date
    known_on: date
    dimensions: tuple[Dimension, ...]
    measures: tuple[MeasureState, ...]
    workstreams: tuple[PartState, ...]
    forces: tuple[PartState, ...]
    levers: tuple[PartState, ...]
    statements: tuple[Statement, ...]
    progress_reports: tuple[ProgressReport, ...]
    counts: dict[Result, int] = field(default_factory=dict)

    @property
    def families(self) -> list[tuple[Dimension, list[MeasureState]]]:
        """Measures by dimension, in order."""
        return [(each, [m for m in self.measures if m.dimension.pk == each.pk]) for each in self.dimensions]

    @property
    def reported(self) -> int:
        """How many measures have at least one report, whether it qualifies their result or not."""
        return sum(1 for each in self.measures if each.report)

    def measure(self, number: int) -> MeasureState | None:
        return next((each for each in self.measures if each.number == number), None)


def read(programme: Programme, on: date | None = None, known_on: date | None = None) -> ProgrammeState:
    """The state of `programme` on the day `on` (today when not said), after what was public on `known_on`.

    Without `known_on`, as it was known that very day. Ten queries at most.
    """
    day = on or timezone.localdate()
    known = max(known_on or day, day)
    parts = editions.held(programme, day, known)
    told = _told(programme, parts[Programme])
    measures = _measures(told, parts, day, known)
    shown = _illustrations(parts[Illustration], day)
    return ProgrammeState(
        programme=told,
        on=day,
        known_on=known,
        dimensions=tuple(parts[Dimension]),
        measures=measures,
        workstreams=_workstreams(programme, parts[Workstream], day, known),
        forces=tuple(PartState(each, shown["force", each.pk]) for each in parts[ChangeForce]),
        levers=tuple(PartState(each, shown["lever", each.pk]) for each in parts[Lever]),
        statements=tuple(each for each in parts[Statement] if each.dated_on <= day),
        progress_reports=as_of(programme.progress_reports.defer("content"), day, known),
        counts={result: sum(1 for each in measures if each.result == result) for result in Result},
    )


_OF_MEASURES = (Programme, Dimension, Workstream, Facilitator, Indicator)


def read_measure(
    programme: Programme, number: int, on: date | None = None, known_on: date | None = None
) -> MeasureState | None:
    """One measure on a day, without the rest of its programme."""
    day = on or timezone.localdate()
    known = max(known_on or day, day)
    parts = editions.held(programme, day, known, _OF_MEASURES)
    told = _told(programme, parts[Programme])
    return next(iter(_measures(told, parts, day, known, number)), None)


def as_of(reports: Iterable[AnyReport], day: date, known_on: date | None = None) -> tuple[AnyReport, ...]:
    """Of each date reported until `day`, the version that was public on `known_on` (`day` when not said)."""
    known = known_on or day
    held: dict[date, AnyReport] = {}
    for report in sorted(reports, key=lambda each: (each.dated_on, each.version)):
        if report.dated_on <= day and report.issued_on <= known:
            held[report.dated_on] = report
    return tuple(held.values())


def _told(programme: Programme, rows: Sequence[Programme]) -> Programme:
    """The programme as it was, under the address it has; as it is when that day knew nothing of it."""
    if not rows:
        return programme
    told = rows[0]
    told.slug, told.is_default, told.digest = programme.slug, programme.is_default, programme.digest
    return told


def _measures(
    programme: Programme, parts: dict[type[Any], list[Any]], day: date, known: date, number: int | None = None
) -> tuple[MeasureState, ...]:
    only = {} if number is None else {"measure__number": number}
    of_measures = {"measure__programme": programme, **only}
    wordings: dict[int, list[MeasureEdition]] = defaultdict(list)
    rows = MeasureEdition.objects.filter(**of_measures, since__lte=known).select_related("measure")
    for edition in rows.order_by("measure__number", "number"):
        edition.measure.programme = programme
        wordings[edition.measure_id].append(edition)
    dimensions = {each.number: each for each in parts[Dimension]}
    workstreams = {each.number: each for each in parts[Workstream]}
    facilitators = _by_measure(with_organisations(parts[Facilitator]))
    indicators = _by_measure(parts[Indicator])
    reports = _by_measure(MeasureReport.objects.filter(**of_measures, dated_on__lte=day))
    readings = _readings(programme) if parts[Indicator] and reports else {}
    found = []
    for pk, versions in wordings.items():
        said = wording_of(versions, day, known)
        dimension = dimensions.get(said.dimension) if said else None
        if said is None or dimension is None or (started := started_on(versions, said)) > day:
            continue
        held = as_of(reports[pk], day, known)
        delay = _delay(said.wording, dimension)
        found.append(
            MeasureState(
                measure=said.measure,
                wording=said.wording,
                edition=said,
                dimension=dimension,
                workstream=workstreams.get(said.workstream or 0),
                facilitators=tuple(each for each in facilitators[pk] if _carries(each, day)),
                reports=held,
                indicators=tuple(_indicator(each, held, readings) for each in indicators[pk]),
                due_on=due_on(programme, started, delay[1], held[-1].dated_on if held else None),
                delay=delay,
                started_on=started,
            )
        )
    return tuple(found)


def wording_of(versions: Sequence[MeasureEdition], day: date, known: date) -> MeasureEdition | None:
    """The edition of that day; the first, when the measure was told later and is read with what is known since."""
    before = [each for each in versions if each.since <= day]
    return before[-1] if before else versions[0] if known > day else None


def started_on(versions: Sequence[MeasureEdition], edition: MeasureEdition) -> date:
    """When the measure began, as `edition` tells it. The first ones did not: they hold from the very day it began."""
    told = edition.wording.get("started_on")
    return date.fromisoformat(told) if told else versions[0].since


def with_organisations(rows: Sequence[Facilitator]) -> Sequence[Facilitator]:
    """Two queries at most. One that was merged since is found by the row of today; one that left is but a name."""
    known = Organisation.objects.in_bulk({row.organisation_id for row in rows if row.organisation_id})
    lost = [row.pk for row in rows if row.organisation_id and row.organisation_id not in known]
    live = Facilitator.objects.filter(pk__in=lost).select_related("organisation") if lost else ()
    merged = {row.pk: row.organisation for row in live}
    for row in rows:
        row.organisation = known.get(row.organisation_id or 0) or merged.get(row.pk)
    return rows


def _by_measure(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.measure_id].append(row)
    return found


def _readings(programme: Programme) -> dict[tuple[int, int], Any]:
    """(report, indicator) → value."""
    rows = Reading.objects.filter(report__measure__programme=programme).order_by("pk")
    return {(report, indicator): value for report, indicator, value in rows.values_list("report", "indicator", "value")}


def _indicator(
    indicator: Indicator, reports: Sequence[MeasureReport], readings: dict[tuple[int, int], Any]
) -> IndicatorState:
    for report in reversed(reports):
        if (report.pk, indicator.pk) in readings:
            return IndicatorState(indicator, readings[report.pk, indicator.pk], report.dated_on)
    return IndicatorState(indicator)


def _carries(facilitator: Facilitator, day: date) -> bool:
    return (facilitator.since is None or facilitator.since <= day) and (
        facilitator.until is None or facilitator.until >= day
    )


def _delay(wording: dict[str, Any], dimension: Dimension) -> tuple[int | None, int | None]:
    """Its own delay when it has one, else that of its dimension."""
    own = (wording.get("delay_min"), wording.get("delay_max"))
    return own if own != (None, None) else (dimension.delay_min, dimension.delay_max)


def _workstreams(programme: Programme, parts: Sequence[Workstream], day: date, known: date) -> tuple[PartState, ...]:
    reports: dict[int, list[WorkstreamReport]] = defaultdict(list)
    for report in WorkstreamReport.objects.filter(workstream__programme=programme):
        reports[report.workstream_id].append(report)
    return tuple(PartState(each, reports=as_of(reports[each.pk], day, known)) for each in parts)


def _illustrations(rows: Sequence[Illustration], day: date) -> defaultdict[tuple[str, int], tuple[Illustration, ...]]:
    """By (force or lever, its id): those that were there that day."""
    shown: defaultdict[tuple[str, int], tuple[Illustration, ...]] = defaultdict(tuple)
    for each in rows:
        key = ("force", each.force_id) if each.force_id else ("lever", each.lever_id or 0)
        if each.since is None or each.since <= day:
            shown[key] = (*shown[key], each)
    return shown
