"""A measure as a cell of the grid."""

from collections.abc import Iterable
from dataclasses import dataclass

from fairealliance.lib.text_fr import shorten
from fairealliance.roadmap import words
from fairealliance.roadmap.state import MeasureState

_NEWS = 150


@dataclass(frozen=True, slots=True)
class MeasureCard:
    """What the grid shows of a measure."""

    number: int
    title: str
    href: str
    result: str
    standing: str
    delay: str
    news: str
    news_on: str


def cards_of(states: Iterable[MeasureState]) -> list[MeasureCard]:
    """No query."""
    return [_card(state) for state in states]


def _card(state: MeasureState) -> MeasureCard:
    report = state.report
    return MeasureCard(
        number=state.number,
        title=words.french(state.title),
        href=state.get_absolute_url(),
        result=str(state.result.value),
        standing=words.result(state),
        delay=words.delay(*state.delay),
        news=words.french(shorten(report.text, _NEWS)) if report else "",
        news_on=words.day(report.dated_on) if report else "",
    )
