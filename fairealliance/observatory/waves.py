"""A series laid out for reading: its waves, their figures, where it breaks, the sentence that says what it shows."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fairealliance.observatory.enums import Break
from fairealliance.observatory.figures import Figure, figures_of
from fairealliance.observatory.models import Question, Series, SeriesPoint, Study


@dataclass(frozen=True, slots=True)
class Wave:
    """One survey of the series. `number` is that of the break before it, 0 when there is none."""

    point: SeriesPoint
    figures: tuple[Figure, ...]
    number: int = 0
    kinds: tuple[str, ...] = ()
    why: str = ""

    @property
    def question(self) -> Question:
        return self.point.question

    @property
    def study(self) -> Study:
        return self.point.question.study

    @property
    def actors(self) -> set[str]:
        return {figure.first.actor for figure in self.figures}

    @property
    def break_words(self) -> str:
        """`la question a changé : on demande…`."""
        kinds = _(" et ").join(str(Break(kind).label) for kind in self.kinds)
        return _("%(kinds)s : %(why)s") % {"kinds": kinds, "why": self.why} if self.why else kinds

    @property
    def when(self) -> str:
        return self.study.when or _("date non connue")


@dataclass(frozen=True, slots=True)
class SeriesView:
    series: Series
    waves: tuple[Wave, ...]

    @property
    def breaks(self) -> list[Wave]:
        return [wave for wave in self.waves if wave.number]

    @property
    def disagreeing(self) -> list[tuple[Wave, Figure]]:
        return [(wave, figure) for wave, figure in self.rows() if figure.disagreements]

    @property
    def producers(self) -> list[str]:
        told = [
            f"{wave.study.producer} ({wave.study.institute})" if wave.study.institute else wave.study.producer
            for wave in self.waves
            if wave.study.producer
        ]
        return list(dict.fromkeys(told))

    @property
    def sentence(self) -> str:
        """What the chart shows, for whoever does not see it."""
        told = " ; ".join(f"{figure.who}, {wave.when} : {figure.words}" for wave, figure in self.rows())
        parts = [capfirst(told) + "." if told else _("Aucun chiffre publié pour le moment.")]
        parts += [_("Rupture %(n)d : %(why)s.") % {"n": w.number, "why": w.break_words} for w in self.breaks]
        if self.disagreeing:
            parts.append(_("Pour certains chiffres, les sources ne disent pas la même chose."))
        return " ".join(parts)

    def rows(self) -> Iterator[tuple[Wave, Figure]]:
        for wave in self.waves:
            for figure in wave.figures:
                yield wave, figure


def view_of(series: Series) -> SeriesView:
    """No query when the series was read with `whole()`. Drafts stay out; waves are in the order of their dates."""
    points = [point for point in series.points.all() if point.question.study.is_public]
    points.sort(key=lambda point: (point.question.study.year or 9999.0, point.position))
    waves: list[Wave] = []
    for point in points:
        results = [r for r in point.question.results.all() if r.code == point.code and r.territory_id is None]
        figures = tuple(figures_of(point.question, results))
        if figures:
            waves.append(_wave(point, figures, waves))
    return SeriesView(series, tuple(waves))


def _wave(point: SeriesPoint, figures: tuple[Figure, ...], before: list[Wave]) -> Wave:
    kinds, why = tuple(point.breaks), point.break_words
    if not kinds:
        kinds = _seen_breaks(before, point, figures)
    if not kinds or not before:
        return Wave(point, figures)
    return Wave(point, figures, sum(1 for wave in before if wave.number) + 1, kinds, why)


def _seen_breaks(before: list[Wave], point: SeriesPoint, figures: tuple[Figure, ...]) -> tuple[str, ...]:
    """What changed unsaid since each kind of actor was last asked; what is not told is not compared."""
    found: set[Break] = set()
    for last in _last_of_each(before, {figure.first.actor for figure in figures}):
        pairs = (
            (Break.WORDING, last.question.wording, point.question.wording),
            (Break.BASE, last.question.base, point.question.base),
            (Break.METHOD, last.study.method, point.question.study.method),
        )
        found.update(kind for kind, then, now in pairs if then and now and _bare(then) != _bare(now))
    return tuple(kind.value for kind in Break if kind in found)


def _last_of_each(before: list[Wave], actors: set[str]) -> Iterator[Wave]:
    """The last wave that asked each of these kinds of actors."""
    left = set(actors)
    for wave in reversed(before):
        asked = wave.actors & left
        if asked:
            left -= asked
            yield wave


def _bare(text: str) -> str:
    return " ".join(text.lower().split()).strip(" .?!…")
