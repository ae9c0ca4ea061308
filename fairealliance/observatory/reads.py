"""What other rooms may ask: charts of series, and what surveys tell of a territory."""

from collections.abc import Sequence
from dataclasses import dataclass

from fairealliance.design.plots import Plot
from fairealliance.observatory.charting import plot_of_series
from fairealliance.observatory.enums import ActorKind, State, Topic
from fairealliance.observatory.figures import Figure, figures_of
from fairealliance.observatory.models import Question, Result, Series, Study
from fairealliance.observatory.waves import SeriesView, view_of
from fairealliance.territories.models import Membership, Territory

_ORDER = {kind.value: number for number, kind in enumerate(ActorKind)}


@dataclass(frozen=True, slots=True)
class SeriesChart:
    """All that a block or a report needs to show a series. `address` is for the component `plot`."""

    slug: str
    title: str
    url: str
    address: str
    sentence: str
    plot: Plot
    view: SeriesView


@dataclass(frozen=True, slots=True)
class Told:
    """What one kind of actor answered to one question, about `territory` (None: all of France)."""

    question: Question
    study: Study
    actor: ActorKind
    territory: Territory | None
    figures: tuple[Figure, ...]


def series_chart(slug: str) -> SeriesChart | None:
    """None when there is no such series. Six queries."""
    series = Series.objects.whole().filter(slug=slug).first()
    if series is None:
        return None
    view = view_of(series)
    url = series.get_absolute_url()
    address = url.removesuffix("/") + ".svg"
    return SeriesChart(slug, series.title, url, address, view.sentence, plot_of_series(view), view)


def series_choices() -> list[tuple[str, str]]:
    """Slug and title of every series, in their order. One query."""
    return list(Series.objects.told().values_list("slug", "title"))


def perceived_fragilities(territory: Territory) -> list[Told]:
    """The fragilities as each kind of actor sees them: there, else in what contains it, else in France. Four queries.

    One `Told` per actor kind, the latest study of the nearest place; figures with the highest first.
    """
    found = _told(territory, Topic.FRAGILITY)
    nearest: dict[ActorKind, Told] = {}
    for told in found:
        nearest.setdefault(told.actor, told)
    return sorted(nearest.values(), key=lambda told: _ORDER[told.actor.value])


def _told(territory: Territory, topic: Topic | None) -> list[Told]:
    """The nearest place first, then the latest study."""
    sizes = dict(Membership.objects.filter(child=territory).values_list("parent_id", "parent__population"))
    results = Result.objects.filter(question__study__state=State.PUBLISHED)
    results = results.filter(territory__in=[territory.pk, *sizes]) | results.filter(territory__isnull=True)
    if topic:
        results = results.filter(question__topic=topic)
    results = results.select_related("question__study__source", "source", "territory").order_by("position", "pk")
    groups: dict[tuple[int, str, int | None], list[Result]] = {}
    for result in results:
        groups.setdefault((result.question_id, result.actor, result.territory_id), []).append(result)

    def distance(told: Told) -> tuple[float, float]:
        place = told.territory
        far = float("inf") if place is None else -1.0 if place.pk == territory.pk else float(sizes.get(place.pk) or 0)
        return (far, -(told.study.year or 0.0))

    return sorted((_one(rows) for rows in groups.values()), key=distance)


def _one(rows: Sequence[Result]) -> Told:
    question = rows[0].question
    figures = sorted(figures_of(question, rows), key=lambda figure: -(figure.low or 0))
    return Told(question, question.study, ActorKind(rows[0].actor), rows[0].territory, tuple(figures))
