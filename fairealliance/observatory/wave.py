"""A survey as plain data: what forms, files and starter content all become before it is checked and saved."""

from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import TypeVar

from fairealliance.observatory.enums import Sign, Topic, Unit


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where figures were read. Known by its slug; the rest serves the first time."""

    slug: str
    label: str = ""
    url: str = ""
    producer: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class ResultData:
    """One figure as one source tells it. `territory` is a ref (`region:75`), "" for all of France.

    `where` is where it was read (a line of a file, a row of a form), for messages only.
    """

    answer: str
    code: str
    actor: str
    share: Decimal | None = None
    sign: str = Sign.EXACT.value
    secret: bool = False
    part_of: str = ""
    subgroup: str = ""
    territory: str = ""
    n: int | None = None
    margin: Decimal | None = None
    told: str = ""
    differs: str = ""
    note: str = ""
    source: str = ""
    url: str = ""
    passage: str = ""
    where: str = field(default="", compare=False)

    @property
    def key(self) -> tuple[str, ...]:
        """No two results of a question have the same."""
        return (self.code, self.actor, self.subgroup, self.territory, self.source, self.passage)


@dataclass(frozen=True, slots=True)
class QuestionData:
    code: str
    label: str
    wording: str = ""
    base: str = ""
    topic: str = Topic.OTHER.value
    unit: str = Unit.PERCENT.value
    multiple: bool | None = False  # None: not said, as in a file that leaves the cell empty
    results: tuple[ResultData, ...] = ()
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class StudyData:
    """`source` is the slug of the source its own facts (institute, dates…) come from."""

    slug: str
    title: str
    programme: str = ""
    producer: str = ""
    institute: str = ""
    commissioner: str = ""
    actor: str = ""
    started: str = ""
    ended: str = ""
    dates_told: str = ""
    population: str = ""
    method: str = ""
    sample_size: int | None = None
    report_url: str = ""
    licence: str = ""
    note: str = ""
    source: str = ""
    url: str = ""
    passage: str = ""
    questions: tuple[QuestionData, ...] = ()
    where: str = field(default="", compare=False)

    def merged_into(self, older: "StudyData") -> "StudyData":
        """What a file says laid over what is already known: what it does not say stays as it was."""
        kept = {question.code: question for question in older.questions}
        for question in self.questions:
            before = kept.get(question.code)
            kept[question.code] = _merged(before, question) if before else question
        return replace(_filled(self, older), questions=tuple(kept.values()))


def _merged(older: QuestionData, newer: QuestionData) -> QuestionData:
    results = {result.key: result for result in older.results}
    results.update({result.key: result for result in newer.results})
    return replace(_filled(newer, older), results=tuple(results.values()))


Facts = TypeVar("Facts", StudyData, QuestionData)


def _filled(newer: Facts, older: Facts) -> Facts:
    unsaid = [each.name for each in fields(newer) if getattr(newer, each.name) in ("", None, ())]
    blank = {name: getattr(older, name) for name in unsaid}
    return replace(newer, **blank)


@dataclass(frozen=True, slots=True)
class PointData:
    """A wave of a series."""

    study: str
    question: str
    code: str
    breaks: tuple[str, ...] = ()
    words: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """No two waves of a series have the same."""
        return (self.study, self.question, self.code)


@dataclass(frozen=True, slots=True)
class SeriesData:
    slug: str
    title: str
    headline: str = ""
    note: str = ""
    topic: str = Topic.OTHER.value
    position: int = 100
    points: tuple[PointData, ...] = ()
