"""Series in a file of surveys: rows that say of which series an answer is a wave."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from fairealliance.observatory.exchange.layout import break_words, topic_word
from fairealliance.observatory.models import Series, Study
from fairealliance.observatory.wave import PointData, SeriesData

SERIES = ("serie_titre", "serie_phrase", "serie_note", "serie_theme", "serie_rang")


@dataclass(frozen=True, slots=True)
class WaveTold:
    """`number`: its place among the others, None when not said."""

    point: PointData
    number: int | None
    where: str


@dataclass(frozen=True, slots=True)
class SeriesTold:
    """What a file says of a series. Unsaid is "" or None."""

    slug: str
    title: str
    headline: str
    note: str
    topic: str
    position: int | None
    waves: tuple[WaveTold, ...]
    where: str

    def over(self, older: SeriesData | None) -> SeriesData:
        """Laid over what is known: what the file does not say stays, no wave is taken away."""
        older = older or SeriesData(self.slug, "")
        return replace(
            older,
            title=self.title or older.title,
            headline=self.headline or older.headline,
            note=self.note or older.note,
            topic=self.topic or older.topic,
            position=older.position if self.position is None else self.position,
            points=self._points(older.points),
        )

    def _points(self, older: tuple[PointData, ...]) -> tuple[PointData, ...]:
        known = {point.key: (number, point) for number, point in enumerate(older, start=1)}
        last = max([len(older), *(wave.number or 0 for wave in self.waves)]) + 1
        for wave in self.waves:
            place, before = known.get(wave.point.key, (last, wave.point))
            breaks, words = wave.point.breaks or before.breaks, wave.point.words or before.words
            place = place if wave.number is None else wave.number
            known[wave.point.key] = (place, replace(wave.point, breaks=breaks, words=words))
        return tuple(point for _number, point in sorted(known.values(), key=lambda each: each[0]))


def rows_of_series(studies: Collection[Study]) -> Iterator[dict[str, str]]:
    """A row per wave that one of `studies` is, after those of the figures. Three queries, whatever the number."""
    told = {study.pk for study in studies}
    for series in Series.objects.told().prefetch_related("points__question__study") if told else ():
        for number, point in enumerate(series.points.all(), start=1):
            if point.question.study_id in told:
                yield {
                    "etude": point.question.study.slug,
                    "question": point.question.code,
                    "reponse_code": point.code,
                    "serie": series.slug,
                    "serie_titre": series.title,
                    "serie_phrase": series.headline,
                    "serie_note": series.note,
                    "serie_theme": topic_word(series.topic),
                    "serie_rang": str(series.position),
                    "vague": str(number),
                    "rupture": break_words(point.breaks),
                    "rupture_mots": point.break_words,
                }
