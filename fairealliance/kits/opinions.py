"""What surveys tell of alliances: for each kind of actor, the latest figure known of all France."""

from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fairealliance.kits.kit import Point
from fairealliance.observatory.enums import ActorKind, Topic
from fairealliance.observatory.figures import Figure, figures_of
from fairealliance.observatory.models import Result
from fairealliance.sheets.sheet import SourceNote

_ACTOR_OF = {
    "elus": ActorKind.MAYORS,
    "agents": ActorKind.MAYORS,
    "associations": ActorKind.ASSOCIATIONS,
    "entreprises": ActorKind.COMPANIES,
    "citoyens": ActorKind.CITIZENS,
    "chercheurs": ActorKind.RESEARCHERS,
}
_ORDER = [kind.value for kind in ActorKind]


def convictions(public: str) -> tuple[Point, ...]:
    """The audience's own kind of actor first. One query.

    Of a question, only the answer that an editor set in a series on this topic is told: the highest share may be
    of those who are not convinced.
    """
    latest: dict[str, tuple[float, Figure]] = {}
    for figure in _figures(_chosen()):
        year = figure.first.question.study.year or 0.0
        actor = figure.first.actor
        if figure.low is not None and (actor not in latest or year > latest[actor][0]):
            latest[actor] = (year, figure)
    first = _ACTOR_OF.get(public)
    actors = sorted(latest, key=lambda actor: (actor != first, _ORDER.index(actor)))
    return tuple(_point(latest[actor][1]) for actor in actors)


def _chosen() -> list[Result]:
    """Of all those asked, all over France; the series that comes first tells first."""
    points = {"question__series_points__series__topic": Topic.CONVICTION}
    rows = Result.objects.public().filter(
        **points, question__series_points__code=F("code"), territory__isnull=True, part_of="", subgroup=""
    )
    ordered = rows.order_by("question__series_points__series__position", "question_id", "position", "pk")
    return list({row.pk: row for row in ordered}.values())


def _figures(rows: list[Result]) -> list[Figure]:
    by_question: dict[int, list[Result]] = {}
    for row in rows:
        by_question.setdefault(row.question_id, []).append(row)
    return [figure for some in by_question.values() for figure in figures_of(some[0].question, some)]


def _point(figure: Figure) -> Point:
    result, study = figure.first, figure.first.question.study
    words = {"question": result.question.label, "answer": result.answer}
    told = " ".join([_("%(question)s. Réponse : « %(answer)s ».") % words, *figure.disagreements])
    label = " · ".join(part for part in (study.title, study.institute) if part)
    return Point(
        capfirst(figure.who),
        told,
        SourceNote(label, study.report_url or (study.source.url if study.source else ""), vintage=study.when),
        value=figure.words,
        sphere=ActorKind(result.actor).sphere,
    )


def nothing_known() -> str:
    return _("Aucune enquête n’a encore été saisie dans l’observatoire.")
