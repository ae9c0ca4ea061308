"""Reading a file of surveys in: all of it or nothing, and a report by line."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.observatory.actions import save_series, save_study
from fairealliance.observatory.checks import Problem, Refused, problems_of
from fairealliance.observatory.enums import State
from fairealliance.observatory.exchange.parsing import Parsed, completed, parse
from fairealliance.observatory.exchange.series import SeriesTold
from fairealliance.observatory.exchange.sheet import read_sheet
from fairealliance.observatory.models import Series, Study
from fairealliance.observatory.reading import series_data, study_data
from fairealliance.observatory.wave import StudyData


@dataclass(slots=True)
class Line:
    """What became, or would become, of one study of the file."""

    slug: str
    title: str
    outcome: str
    questions: int
    figures: int


@dataclass(slots=True)
class SeriesLine:
    """What became, or would become, of one series of the file."""

    slug: str
    title: str
    outcome: str
    waves: int


@dataclass(slots=True)
class Report:
    """`is_written` is false after a dry run, and whenever there is an error: then nothing of the file was kept."""

    rows: int = 0
    lines: list[Line] = field(default_factory=list)
    series: list[SeriesLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_written: bool = False

    @property
    def changes(self) -> bool:
        outcomes = [*(line.outcome for line in self.lines), *(line.outcome for line in self.series)]
        return "created" in outcomes or "updated" in outcomes

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_error]

    @property
    def remarks(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.is_error]

    def count(self, outcome: str) -> int:
        return sum(1 for line in self.lines if line.outcome == outcome)

    def as_dict(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "written": self.is_written,
            **{outcome: self.count(outcome) for outcome in ("created", "updated", "unchanged", "refused")},
            "studies": [{"slug": line.slug, "title": line.title, "outcome": line.outcome} for line in self.lines],
            "series": [{"slug": line.slug, "title": line.title, "outcome": line.outcome} for line in self.series],
            "errors": [{"where": problem.where, "message": problem.message} for problem in self.errors],
            "remarks": [{"where": problem.where, "message": problem.message} for problem in self.remarks],
        }


def import_surveys(*, by: Actor, path: Path, dry_run: bool = False) -> Report:
    """A study known by its code is completed, never emptied; the same file again changes nothing. Raises Unreadable.

    A new study is a draft, unless the file says that it is published.
    """
    require_hub_editor(by)
    sheet = read_sheet(path)
    parsed = parse(sheet)
    report = Report(rows=len(sheet.rows), problems=list(parsed.problems))
    with transaction.atomic():
        known = {study.slug: study for study in Study.objects.whole().filter(slug__in=parsed.studies)}
        for study in _wanted(parsed, known):
            state = parsed.states.get(study.slug) or (None if study.slug in known else State.DRAFT)
            _save(by, study, parsed, report, state)
        if not report.errors:
            _save_series(by, parsed.series, report)
        report.problems = _sorted(report.problems)
        report.is_written = not dry_run and not report.errors
        if not report.is_written:
            transaction.set_rollback(True)
        elif report.changes:
            detail = {"file": path.name, "rows": report.rows, "created": report.count("created")}
            record(by=by, verb="surveys-imported", subject="study:import", detail=detail)
    return report


def _wanted(parsed: Parsed, known: dict[str, Study]) -> Iterator[StudyData]:
    for slug, study in parsed.studies.items():
        yield completed(study.merged_into(study_data(known[slug])) if slug in known else study)


def _save(by: Actor, study: StudyData, parsed: Parsed, report: Report, state: State | None) -> None:
    figures = sum(len(question.results) for question in study.questions)
    line = Line(study.slug, study.title, "refused", len(study.questions), figures)
    report.lines.append(line)
    problems = problems_of(study)
    report.problems.extend(problems)
    if any(problem.is_error for problem in problems):
        return
    try:
        with transaction.atomic():
            line.outcome = save_study(by=by, data=study, sources=parsed.sources, state=state).outcome
    except Refused as refused:
        report.problems.extend(refused.problems)


def _save_series(by: Actor, told: list[SeriesTold], report: Report) -> None:
    """After the studies, whose answers their waves are."""
    known = {series.slug: series_data(series) for series in _held([each.slug for each in told])}
    for series in told:
        data = series.over(known.get(series.slug))
        line = SeriesLine(series.slug, data.title, "refused", len(series.waves))
        report.series.append(line)
        try:
            with transaction.atomic():
                line.outcome = save_series(by=by, data=data)[1]
        except Refused as refused:
            lines = {" · ".join(wave.point.key): wave.where for wave in series.waves}
            report.problems += [replace(each, where=lines.get(each.where, series.where)) for each in refused.problems]


def _held(slugs: list[str]) -> QuerySet[Series]:
    return Series.objects.filter(slug__in=slugs).prefetch_related("points__question__study")


def _sorted(problems: list[Problem]) -> list[Problem]:
    """By line."""

    def number(problem: Problem) -> int:
        digits = "".join(sign if sign.isdigit() else " " for sign in problem.where).split()
        return int(digits[0]) if digits else 0

    return sorted(dict.fromkeys(problems), key=number)
