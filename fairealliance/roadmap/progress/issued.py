"""The progress report as it was issued: kept whole, read again as it was; and what came since, apart."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from pydantic import TypeAdapter

from fairealliance.roadmap import words
from fairealliance.roadmap.models import MeasureReport, PartEdition, Programme, ProgressReport, WorkstreamReport
from fairealliance.roadmap.models.reports import Dated
from fairealliance.roadmap.progress.content import Family, ReportContent, compose
from fairealliance.roadmap.state import ProgrammeState, read

_SHAPE = TypeAdapter(ReportContent)
Versions = dict[str, int]


def content_of(report: ProgressReport) -> dict[str, Any]:
    """What a report that is being issued keeps: all it says, and the version of each report it was made from."""
    state = read(report.programme, report.dated_on, report.issued_on)
    return {"told": asdict(compose(state, report)), "versions": _versions(state)}


def issued_for(programme: Programme, on: date, version: int = 0) -> ProgressReport | None:
    """The report issued for a day: that version, else the last."""
    rows = programme.progress_reports.filter(dated_on=on)
    return (rows.filter(version=version) if version else rows).order_by("version").last()


def told_by(issued: ProgressReport) -> ReportContent:
    """What it said the day it was issued. Those issued before we kept it are read again at that day."""
    if not issued.content:
        return compose(read(issued.programme, issued.dated_on, issued.issued_on), issued)
    told: ReportContent = _SHAPE.validate_python(issued.content["told"])
    return replace(told, families=tuple(_addressed(each, issued.programme) for each in told.families))


def _addressed(family: Family, programme: Programme) -> Family:
    """Measures under the address they have now."""
    measures = [replace(each, href=programme.address("measure", number=each.number)) for each in family.measures]
    return replace(family, measures=tuple(measures))


def _versions(state: ProgrammeState) -> Versions:
    found = {_key("measure", each.number, report): report.version for each in state.measures for report in each.reports}
    streams = {_key("workstream", each.part.number, report): report.version
               for each in state.workstreams for report in each.reports}  # fmt: skip
    return found | streams


def _key(kind: str, number: int, report: Dated) -> str:
    return f"{kind}:{number}:{report.dated_on.isoformat()}"


@dataclass(frozen=True, slots=True)
class Since:
    """Something about the day of an issued report that came after it."""

    on: str
    recorded: str
    title: str
    text: str = ""
    href: str = ""


def since(issued: ProgressReport) -> list[Since]:
    """What came after `issued` about its day, in order: late reports, corrections, parts told late. Four queries."""
    programme, day = issued.programme, issued.dated_on
    measures = MeasureReport.objects.filter(measure__programme=programme, dated_on__lte=day).select_related("measure")
    streams = WorkstreamReport.objects.filter(workstream__programme=programme, dated_on__lte=day)
    found = [(each, "measure", each.measure.number) for each in measures]
    later: list[tuple[Dated, str, int]] = [*found]
    later += [(each, "workstream", each.workstream.number) for each in streams.select_related("workstream")]
    late = [row for row in later if _is_later(issued, *row)]
    told = [(report.recorded_at, _told(programme, *row)) for row in late for report in (row[0],)]
    told += [(each.recorded_at, _corrected(each)) for each in
             programme.progress_reports.filter(dated_on=day, version__gt=issued.version)]  # fmt: skip
    told += [(each.recorded_at, _part(each)) for each in _parts(issued)]
    return [each for _at, each in sorted(told, key=lambda pair: pair[0])]


def _is_later(issued: ProgressReport, report: Dated, kind: str, number: int) -> bool:
    if not issued.content:
        return report.issued_on > issued.issued_on
    versions: Versions = issued.content["versions"]
    return report.version > versions.get(_key(kind, number, report), 0)


def _told(programme: Programme, report: Dated, kind: str, number: int) -> Since:
    about = _("Mesure %d") % number if kind == "measure" else _("Chantier %d") % number
    what = _("correction du bilan au %s") if report.is_correction else _("bilan au %s")
    title = _("%(about)s : %(what)s") % {"about": about, "what": what % words.day(report.dated_on)}
    href = programme.address("measure", number=number) if kind == "measure" else ""
    return Since(words.day(report.issued_on), _recorded(report), title, _standing(report), href)


def _standing(report: Dated) -> str:
    if report.is_correction:
        return _("Motif : %s") % report.reason
    return str(report.get_result_display()) if isinstance(report, MeasureReport) and report.result else ""


def _recorded(report: Dated) -> str:
    return words.recorded(report.issued_on, report.recorded_at)


def _corrected(report: ProgressReport) -> Since:
    href = f"{report.programme.address('progress')}?date={report.dated_on.isoformat()}"
    title = _("Version %d de ce bilan") % report.version
    return Since(words.day(report.issued_on), _recorded(report), title, _("Motif : %s") % report.reason, href)


def _parts(issued: ProgressReport) -> Iterable[PartEdition]:
    """Parts of that day that were recorded after it: history that was loaded late."""
    rows = PartEdition.objects.filter(programme=issued.programme, since__lte=issued.dated_on)
    return rows.filter(recorded_at__gt=issued.recorded_at).order_by("id") if issued.content else ()


def _part(edition: PartEdition) -> Since:
    named = edition.content.get("title") or edition.content.get("label") or edition.content.get("name") or ""
    title = _("%(kind)s ajouté après coup : %(name)s") % {"kind": words.part(edition.kind), "name": named}
    recorded = words.recorded(edition.since, edition.recorded_at)
    return Since(words.day(edition.since), recorded, title)
