"""What the progress report says, in order, whatever the form it takes. No query: all is in the state."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fairealliance.roadmap import words
from fairealliance.roadmap.models import ProgressReport
from fairealliance.roadmap.state import MeasureState, PartState, ProgrammeState


@dataclass(frozen=True, slots=True)
class Titled:
    """A workstream, a force or a lever: its number and title, what it is, how it stands."""

    number: int
    title: str
    text: str
    report: tuple[str, ...] = ()
    report_on: str = ""
    illustrations: tuple[tuple[str, str], ...] = ()
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a measure: `told` is empty when no document tells it."""

    label: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A measure in the report."""

    number: int
    title: str
    href: str
    result: str
    standing: str
    delay: str
    facilitators: str
    facts: tuple[Fact, ...]
    report: tuple[str, ...]
    report_on: str
    next_steps: tuple[str, ...]
    indicators: tuple[tuple[str, str], ...]
    corrected: str


@dataclass(frozen=True, slots=True)
class Family:
    """The measures of a dimension."""

    title: str
    text: str
    delay: str
    measures: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class ReportContent:
    """The whole report."""

    programme: str
    title: str
    day: str
    iso: str
    introduction: tuple[str, ...]
    introduction_on: str
    workstreams: tuple[Titled, ...]
    counts: tuple[tuple[str, int, str], ...]
    total: int
    reported: int
    families: tuple[Family, ...]
    forces: tuple[Titled, ...]
    levers: tuple[Titled, ...]
    unnamed_levers: int
    statements: tuple[tuple[str, str, str, str, str], ...]
    """Title, counts in words, text, source, address of the source."""
    source: str
    source_url: str
    is_issued: bool
    known: str = ""
    """The day until which what was known counts, in words; empty when it is the very day of the report."""
    issued: str = ""
    """The day it was issued, in words."""


def compose(state: ProgrammeState, issuing: ProgressReport | None = None) -> ReportContent:
    """The report of a programme on the day of `state`; with `issuing`, the one that is issued that day."""
    issued = issuing or (state.progress_reports[-1] if state.progress_reports else None)
    levers = tuple(_titled(each) for each in state.levers if each.part.title)
    return ReportContent(
        programme=words.french(state.programme.title),
        title=issued.title if issued else _("Bilan du programme"),
        day=words.day(state.on),
        iso=state.on.isoformat(),
        introduction=_paragraphs(issued.text) if issued else (),
        introduction_on=words.day(issued.dated_on) if issued and issued.dated_on != state.on else "",
        workstreams=tuple(_titled(each) for each in state.workstreams),
        counts=tuple((str(result.value), count, label) for result, count, label in words.counts(state)),
        total=len(state.measures),
        reported=state.reported,
        families=tuple(
            Family(
                dimension.title,
                dimension.text,
                words.delay(dimension.delay_min, dimension.delay_max),
                tuple(_told(each) for each in measures),
            )
            for dimension, measures in state.families
        ),
        forces=tuple(_titled(each) for each in state.forces),
        levers=levers,
        unnamed_levers=len(state.levers) - len(levers),
        statements=tuple(
            (each.title, words.statement_counts(each.counts), each.text, each.source_label, each.source_url)
            for each in state.statements
        ),
        source=state.programme.source_label,
        source_url=state.programme.source_url,
        is_issued=issuing is not None,
        known=words.day(state.known_on) if state.known_on != state.on and issuing is None else "",
        issued=words.day(issuing.issued_on) if issuing is not None else "",
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    """Blank lines part paragraphs; a single newline is one the author wanted."""
    return tuple(words.french(part.strip()) for part in text.split("\n\n") if part.strip())


def _titled(state: PartState) -> Titled:
    report = state.report
    return Titled(
        number=state.part.number,
        title=words.french(state.part.title),
        text=words.french(state.part.text),
        report=_paragraphs(report.text) if report else (),
        report_on=words.day(report.dated_on) if report else "",
        illustrations=tuple((each.label, each.url) for each in state.illustrations),
        corrected=words.day(report.issued_on) if report and report.is_correction else "",
    )


def _told(state: MeasureState) -> Told:
    report = state.report
    return Told(
        number=state.number,
        title=words.french(state.title),
        href=state.get_absolute_url(),
        result=str(state.result.value),
        standing=words.standing(state),
        delay=words.delay(*state.delay),
        facilitators=words.facilitators(state),
        facts=_facts(state),
        report=_paragraphs(report.text) if report else (),
        report_on=words.day(report.dated_on) if report else "",
        next_steps=_paragraphs(report.next_steps) if report else (),
        indicators=tuple(
            (each.indicator.label, " · ".join(f"{label} : {told}" for label, told in words.indicator(each)))
            for each in state.indicators
        ),
        corrected=words.day(report.issued_on) if report and report.is_correction else "",
    )


def _facts(state: MeasureState) -> tuple[Fact, ...]:
    delay = " : ".join(filter(None, (words.delay(*state.delay), words.first_effects(state))))
    return (
        Fact(_("Objectif"), _paragraphs(state.wording["objective"])),
        Fact(_("Modalités d’action"), _paragraphs(state.wording["ways"])),
        Fact(_("Facilitateurs"), _paragraphs(words.facilitators(state))),
        Fact(_("Délai"), _paragraphs(delay)),
        Fact(_("Résultats attendus"), _paragraphs(state.wording["expected"])),
    )
