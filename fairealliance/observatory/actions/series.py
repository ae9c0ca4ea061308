"""Saving and removing series."""

from dataclasses import asdict, replace

from django.db import transaction
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.observatory.actions.versions import refuse_stale
from fairealliance.observatory.checks import Problem, Refused, series_problems
from fairealliance.observatory.enums import Break
from fairealliance.observatory.models import Question, Result, Series, SeriesPoint
from fairealliance.observatory.reading import series_data
from fairealliance.observatory.wave import PointData, SeriesData

_OWN = ("title", "headline", "note", "topic", "position")


def save_series(
    *, by: Actor, data: SeriesData, expected: int | None = None, fingerprint: str = ""
) -> tuple[Series, str]:
    """Makes or alters the series `data.slug`; its waves become those of `data`. Raises Refused, EditedMeanwhile."""
    require_hub_editor(by)
    with transaction.atomic():
        questions = _questions(data)
        series = Series.objects.select_for_update().filter(slug=data.slug).first()
        if series is not None and expected == 0:
            raise Refused([Problem("", _("Une série porte déjà le code « %s ».") % data.slug)])
        if series is not None:
            refuse_stale(f"series:{series.slug}", series.version, expected)
            if series_data(Series.objects.whole().get(pk=series.pk)) == data:
                return series, "unchanged"
        before = series_data(Series.objects.whole().get(pk=series.pk)) if series else None
        outcome = "updated" if series else "created"
        series = series or Series(slug=data.slug, version=0)
        _write(series, data, questions, fingerprint)
        changed = [("study", str(question.study_id)) for question in questions.values()]
        record(
            by=by,
            verb=f"series-{outcome}",
            subject=f"series:{series.slug}",
            detail={"before": asdict(before)} if before else {},
            changed=dict.fromkeys(changed),
        )
    return series, outcome


def add_wave(*, by: Actor, slug: str, point: PointData) -> None:
    """One more wave, whatever others wrote there meanwhile; one already there stays as it is. Raises Refused."""
    require_hub_editor(by)
    with transaction.atomic():
        held = Series.objects.select_for_update().filter(slug=slug).first()
        if held is None:
            raise Refused([Problem("", _("La série « %s » n’est plus là.") % slug)])
        data = series_data(Series.objects.whole().get(pk=held.pk))
        if point.key not in {each.key for each in data.points}:
            save_series(by=by, data=replace(data, points=(*data.points, point)))


def remove_series(*, by: Actor, series: Series) -> None:
    """The studies stay."""
    require_hub_editor(by)
    with transaction.atomic():
        record(by=by, verb="series-removed", subject=f"series:{series.slug}", detail={"title": series.title})
        series.delete()


def _write(series: Series, data: SeriesData, questions: dict[tuple[str, str], Question], fingerprint: str) -> None:
    for name in _OWN:
        setattr(series, name, getattr(data, name))
    series.version += 1
    if fingerprint:
        series.fingerprint, series.imported_version = fingerprint, series.version
    series.save()
    series.points.all().delete()
    SeriesPoint.objects.bulk_create(
        SeriesPoint(
            series=series,
            question=questions[point.study, point.question],
            code=point.code,
            breaks=list(point.breaks),
            break_words=point.words,
            position=position,
        )
        for position, point in enumerate(data.points)
    )


def _questions(data: SeriesData) -> dict[tuple[str, str], Question]:
    """By study and code. Raises Refused for what does not exist and for a wave told twice."""
    problems = list(series_problems(data))
    rows = Question.objects.filter(study__slug__in={point.study for point in data.points}).select_related("study")
    found = {(question.study.slug, question.code): question for question in rows}
    results = Result.objects.filter(question__in=found.values(), territory=None)
    answers = set(results.values_list("question__study__slug", "question__code", "code"))
    seen: set[tuple[str, str, str]] = set()
    for point in data.points:
        key = point.key
        problems.extend(_of_point(point, key, key in answers, key in seen))
        seen.add(key)
    if problems:
        raise Refused(problems)
    return found


def _of_point(point: PointData, key: tuple[str, str, str], known: bool, again: bool) -> list[Problem]:
    where = " · ".join(key)
    if again:
        return [Problem(where, _("Cette vague est deux fois dans la série."))]
    if not known:
        return [
            Problem(
                where,
                _("Il n’y a pas de tel chiffre pour toute la France : vérifiez l’étude, la question et la réponse."),
            )
        ]
    if set(point.breaks) - set(Break.values):
        return [Problem(where, _("Une rupture est de formulation, de base ou de méthode."))]
    if point.breaks and not point.words.strip():
        return [Problem(where, _("Dites en quelques mots ce qui a changé à cette rupture."))]
    if len(point.words) > 300:
        return [Problem(where, _("Les mots de la rupture sont trop longs : 300 signes au plus."))]
    return []
