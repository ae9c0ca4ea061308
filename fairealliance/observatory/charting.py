"""Series and questions as charts."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.design.plots import Band, Bar, Bars, Cut, Likert, Line, Lines, Plot, Point, Words
from fairealliance.lib.french_numbers import format_number
from fairealliance.observatory.enums import ActorKind, Unit
from fairealliance.observatory.figures import Figure, figures_of
from fairealliance.observatory.models import Question
from fairealliance.observatory.short import hidden_of
from fairealliance.observatory.waves import SeriesView, Wave

_MOST_LINES = 3
_MOST_DRAWN = 24  # figures of one question: beyond, a chart is no longer read but scrolled
_MOST_SAID = 12


def plot_of_series(view: SeriesView) -> Plot:
    """Lines when the same people were asked again and again, else bars."""
    return _lines(view) if _is_followed(view) else _bars(view)


def plot_of_question(question: Question) -> Plot:
    """Answers one under the other, by actor and territory; the first of them only, when there are many."""
    every = figures_of(question)
    figures = every[:_MOST_DRAWN]
    several = len({(figure.who, figure.first.territory_id) for figure in figures}) > 1
    bars = tuple(_bar(figure, _answers(figure), _people(figure) if several else "") for figure in figures)
    who = "" if several or not figures else _people(figures[0])
    words = Words(
        title=question.label,
        sentence=question_sentence(question, figures),
        subtitle=" · ".join(part for part in (capfirst(who), question.study.when, _unit(question)) if part),
        source=_source([question.study.producer]),
        notes=(
            *_notes([figure for figure in figures if figure.disagreements]),
            *_aside(len(every) - len(figures) + hidden_of(question)),
        ),
    )
    if several and _cuts_a_whole(question, figures):
        return _bands(words, figures)
    return Bars(words, bars, unit=_mark(question.unit), most=Unit(question.unit).most)


def _cuts_a_whole(question: Question, figures: list[Figure]) -> bool:
    """Answers that exclude each other, by several groups: each group is a band."""
    plain = not any(figure.first.part_of or figure.high is not None or figure.low is None for figure in figures)
    answers = {figure.first.code for figure in figures}
    return plain and question.unit == Unit.PERCENT and not question.multiple and len(answers) > 1


def _bands(words: Words, figures: list[Figure]) -> Likert:
    answers = {figure.first.code: figure.first.answer for figure in figures}
    groups: dict[str, dict[str, float | None]] = {}
    for figure in figures:
        groups.setdefault(capfirst(_people(figure)), {})[figure.first.code] = figure.low
    bands = (Band(people, tuple(shares.get(code) for code in answers)) for people, shares in groups.items())
    return Likert(words, tuple(answers.values()), tuple(bands))


def question_sentence(question: Question, figures: list[Figure]) -> str:
    """What its chart shows; the first figures when there are many."""
    told = [f"{figure.first.answer} ({_people(figure)}) : {figure.words}" for figure in figures[:_MOST_SAID]]
    if not told:
        return _("%s : aucun chiffre connu.") % question.label
    more = len(figures) - len(told) + hidden_of(question)
    said = [*told, _others(more)] if more else told
    return f"{question.label}. {' ; '.join(said)}."


def _others(count: int) -> str:
    return ngettext("et %s autre chiffre", "et %s autres chiffres", count) % format_number(count)


def _aside(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    words = ngettext("%s autre chiffre est dans le tableau.", "%s autres chiffres sont dans le tableau.", count)
    return (words % format_number(count),)


def _answers(figure: Figure) -> str:
    """What it means; all that sources say it means, when they differ."""
    return _(" ; ou : ").join(dict.fromkeys(result.answer for result in figure.tellings))


def _is_followed(view: SeriesView) -> bool:
    counts: dict[str, int] = {}
    for wave, figure in view.rows():
        if wave.study.year is None or figure.low is None:
            return False
        counts[figure.who] = counts.get(figure.who, 0) + 1
    return 0 < len(counts) <= _MOST_LINES and min(counts.values()) > 1


def _lines(view: SeriesView) -> Lines:
    lines: dict[str, list[tuple[Wave, Figure]]] = {}
    for wave, figure in view.rows():
        lines.setdefault(figure.who, []).append((wave, figure))
    cuts = tuple(_cuts(view))
    drawn = tuple(
        Line(capfirst(who), _points(view, rows), ActorKind(rows[0][1].first.actor).sphere)
        for who, rows in lines.items()
    )
    return Lines(_words(view), drawn, cuts, unit=_mark(view.waves[0].question.unit))


def _points(view: SeriesView, rows: list[tuple[Wave, Figure]]) -> tuple[Point, ...]:
    points: list[Point] = []
    for number, (wave, figure) in enumerate(rows):
        cut = number > 0 and _is_cut(view, rows[number - 1][0], wave, figure.first.actor)
        said = "" if figure.high is None else figure.short
        points.append(Point(wave.study.year or 0.0, _short_when(wave), figure.low or 0.0, figure.high, cut, said))
    return tuple(points)


def _is_cut(view: SeriesView, before: Wave, wave: Wave, actor: str) -> bool:
    """A break since `before`, in a wave that asked the same kind of actor."""
    start, end = view.waves.index(before), view.waves.index(wave)
    return any(each.number and actor in each.actors for each in view.waves[start + 1 : end + 1])


def _cuts(view: SeriesView) -> list[Cut]:
    """Half-way between the wave and the one before."""
    found = []
    for before, wave in zip(view.waves, view.waves[1:], strict=False):
        if wave.number:
            found.append(Cut(((before.study.year or 0.0) + (wave.study.year or 0.0)) / 2, wave.number))
    return found


def _short_when(wave: Wave) -> str:
    """The year: months are in the table."""
    return str(int(wave.study.year or 0))


def _bars(view: SeriesView) -> Bars:
    bars = tuple(
        _bar(figure, capfirst(figure.who), wave.when + (_(" · rupture %d") % wave.number if wave.number else ""))
        for wave, figure in view.rows()
    )
    unit = view.waves[0].question.unit if view.waves else Unit.PERCENT.value
    return Bars(_words(view), bars, unit=_mark(unit), most=Unit(unit).most)


def _bar(figure: Figure, label: str, note: str) -> Bar:
    return Bar(
        label=label,
        value=figure.low,
        high=figure.high,
        said=figure.short,
        note=note,
        tone=ActorKind(figure.first.actor).sphere,
        inside=1 if figure.first.part_of else 0,
        secret=figure.is_secret,
    )


def _words(view: SeriesView) -> Words:
    unit = _unit(view.waves[0].question) if view.waves else ""
    notes = [_("%(n)d. %(why)s.") % {"n": w.number, "why": capfirst(w.break_words)} for w in view.breaks]
    return Words(
        title=view.series.headline or view.series.title,
        sentence=view.sentence,
        subtitle=" · ".join(part for part in (view.series.title if view.series.headline else "", unit) if part),
        source=_source(view.producers),
        notes=(*notes, *_notes([figure for _wave, figure in view.disagreeing])),
    )


def _notes(disagreeing: list[Figure]) -> tuple[str, ...]:
    if not disagreeing:
        return ()
    return (_("Les sources ne disent pas toutes la même chose : le tableau donne ce que dit chacune."),)


def _people(figure: Figure) -> str:
    where = figure.first.territory
    return f"{figure.who}, {where.name}" if where else figure.who


def _unit(question: Question) -> str:
    return str(Unit(question.unit).label)


def _mark(unit: str) -> str:
    return "%" if unit == Unit.PERCENT else "/ 10"


def _source(producers: list[str]) -> str:
    told = ", ".join(producer for producer in producers if producer)
    return _("Source : %s") % told if told else ""
