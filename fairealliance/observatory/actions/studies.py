"""Saving, publishing and removing surveys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.observatory.actions.versions import refuse_stale
from fairealliance.observatory.checks import Problem, Refused, problems_of, refuse_errors
from fairealliance.observatory.enums import State
from fairealliance.observatory.models import Question, Result, SeriesPoint, Study
from fairealliance.observatory.reading import study_data
from fairealliance.observatory.wave import QuestionData, ResultData, SourceRef, StudyData
from fairealliance.provenance.actions import SourceData, save_source
from fairealliance.provenance.models import Source
from fairealliance.territories.models import Territory

Outcome = Literal["created", "updated", "unchanged"]
_OWN: tuple[str, ...] = (
    "title",
    "programme",
    "producer",
    "institute",
    "commissioner",
    "actor",
    "started",
    "ended",
    "dates_told",
)
_OWN += ("population", "method", "sample_size", "report_url", "licence", "note")
_QUESTION = ("label", "wording", "base", "topic", "unit", "multiple")
_RESULT: tuple[str, ...] = (
    "code",
    "answer",
    "part_of",
    "actor",
    "subgroup",
    "share",
    "sign",
    "secret",
    "n",
    "margin",
    "told",
)
_RESULT += ("differs", "note")


@dataclass(frozen=True, slots=True)
class Saved:
    study: Study
    outcome: Outcome


def save_study(
    *,
    by: Actor,
    data: StudyData,
    sources: Mapping[str, SourceRef],
    expected: int | None = None,
    state: State | None = None,
    fingerprint: str = "",
) -> Saved:
    """Makes or alters the study `data.slug`; its questions and results become those of `data`, no more.

    `expected` is the version the person had before their eyes (EditedMeanwhile when it is no longer the last); 0 means
    that the study is new. `fingerprint` marks what comes from starter content. Raises Refused.
    """
    require_hub_editor(by)
    refuse_errors(problems_of(data))
    with transaction.atomic():
        study = Study.objects.select_for_update().filter(slug=data.slug).first()
        if study is not None and expected == 0:
            raise Refused([Problem("", _("Une étude porte déjà le code « %s ».") % data.slug)])
        if study is not None:
            refuse_stale(f"study:{study.slug}", study.version, expected)
            same_state = state is None or state == study.state
            if same_state and study_data(_whole(study)) == data:
                _mark_imported(study, fingerprint)
                return Saved(study, "unchanged")
        _refuse_twin(data)
        outcome: Outcome = "updated" if study else "created"
        study = _write(by, study or Study(slug=data.slug, version=0), data, sources, state, fingerprint)
        _tell(by, f"study-{outcome}", study)
    return Saved(study, outcome)


def publish(*, by: Actor, study: Study, expected: int | None = None) -> Study:
    """What readers see from now on."""
    return _set_state(by, study, State.PUBLISHED, expected)


def withdraw(*, by: Actor, study: Study, expected: int | None = None) -> Study:
    """Back to a draft: readers no longer see it."""
    return _set_state(by, study, State.DRAFT, expected)


def remove_study(*, by: Actor, study: Study) -> None:
    """Raises Refused when a series stands on it."""
    require_hub_editor(by)
    with transaction.atomic():
        _tell(by, "study-removed", study)
        try:
            study.delete()
        except ProtectedError as error:
            raise Refused(
                [Problem("", _("Une série s’appuie sur cette étude : retirez-la d’abord de la série."))]
            ) from error


def _set_state(by: Actor, study: Study, state: State, expected: int | None) -> Study:
    require_hub_editor(by)
    with transaction.atomic():
        study = Study.objects.select_for_update().get(pk=study.pk)
        refuse_stale(f"study:{study.slug}", study.version, expected)
        if study.state != state:
            _enter(study, state)
            study.version += 1
            study.save()
            _tell(by, f"study-{state.value}", study)
    return study


def _enter(study: Study, state: State) -> None:
    study.state = state
    if state == State.PUBLISHED and study.published_at is None:
        study.published_at = timezone.now()


def _whole(study: Study) -> Study:
    return Study.objects.whole().get(pk=study.pk)


def _mark_imported(study: Study, fingerprint: str) -> None:
    if fingerprint and study.fingerprint != fingerprint:
        study.fingerprint, study.imported_version = fingerprint, study.version
        study.save(update_fields=["fingerprint", "imported_version"])


def _refuse_twin(data: StudyData) -> None:
    """The same survey under another code."""
    twins = Study.objects.filter(title__iexact=data.title, started=data.started, ended=data.ended, actor=data.actor)
    twin = twins.exclude(slug=data.slug).first()
    if twin is not None:
        words = {"title": twin.title, "slug": twin.slug}
        message = _("Cette vague est déjà là : « %(title)s », aux mêmes dates, sous le code « %(slug)s ».") % words
        raise Refused([Problem(data.where, message)])


def _write(
    by: Actor, study: Study, data: StudyData, sources: Mapping[str, SourceRef], state: State | None, fingerprint: str
) -> Study:
    known = _sources(by, data, sources)
    for name in _OWN:
        setattr(study, name, getattr(data, name))
    study.source = known.get(data.source)
    study.source_url, study.source_passage = data.url, data.passage
    _enter(study, state or State(study.state))
    study.version += 1
    if fingerprint:
        study.fingerprint, study.imported_version, study.imported_at = fingerprint, study.version, timezone.now()
    study.save()
    _write_questions(study, data, known)
    _refuse_lost_waves(study)
    return study


def _write_questions(study: Study, data: StudyData, known: Mapping[str, Source]) -> None:
    before = {question.code: question for question in study.questions.all()}
    places = _territories(data)
    for position, wanted in enumerate(data.questions):
        question = before.pop(wanted.code, None) or Question(study=study, code=wanted.code)
        for name in _QUESTION:
            setattr(question, name, getattr(wanted, name))
        question.position = position
        question.save()
        _write_results(question, wanted, known, places)
    try:
        for question in before.values():
            question.delete()
    except ProtectedError as error:
        words = _("La question « %s » sert dans une série : retirez-la d’abord de la série.") % question.label
        raise Refused([Problem("", words)]) from error


def _refuse_lost_waves(study: Study) -> None:
    """An answer that a series follows is taken out of the series before it changes its code or goes away."""
    points = SeriesPoint.objects.filter(question__study=study).select_related("question", "series")
    told = set(Result.objects.filter(question__study=study, territory=None).values_list("question", "code"))
    lost = [point for point in points if (point.question_id, point.code) not in told]
    words = _(
        "La réponse « %(code)s » à « %(question)s » sert dans la série « %(series)s » : retirez-la d’abord de là."
    )
    problems = [
        Problem("", words % {"code": point.code, "question": point.question.label, "series": point.series.title})
        for point in lost
    ]
    refuse_errors(problems)


def _write_results(
    question: Question, data: QuestionData, known: Mapping[str, Source], places: Mapping[str, Territory]
) -> None:
    question.results.all().delete()
    Result.objects.bulk_create(
        Result(
            question=question,
            position=position,
            **{name: getattr(result, name) for name in _RESULT},
            territory=places[result.territory] if result.territory else None,
            source=known[result.source],
            source_url=result.url,
            source_passage=result.passage,
        )
        for position, result in enumerate(data.results)
    )


def _results(data: StudyData) -> list[ResultData]:
    return [result for question in data.questions for result in question.results]


def _territories(data: StudyData) -> dict[str, Territory]:
    places: dict[str, Territory] = {}
    for result in _results(data):
        if result.territory and result.territory not in places:
            try:
                places[result.territory] = Territory.objects.resolve(result.territory)
            except (ValueError, Territory.DoesNotExist) as error:
                words = _("« %s » n’est pas un territoire connu : écrivez par exemple region:75.") % result.territory
                raise Refused([Problem(result.where, words)]) from error
    return places


def _sources(by: Actor, data: StudyData, told: Mapping[str, SourceRef]) -> dict[str, Source]:
    """Those there already are left as they are; the others are made. Raises Refused for a slug nobody explains."""
    wanted = {slug for slug in (data.source, *(result.source for result in _results(data))) if slug}
    known = {source.slug: source for source in Source.objects.filter(slug__in=wanted)}
    for slug in sorted(wanted - known.keys()):
        if slug not in told or not told[slug].label:
            raise Refused([Problem("", _("La source « %s » n’est pas connue : donnez son nom.") % slug)])
        given = told[slug]
        fields = SourceData(slug=slug, label=given.label, url=given.url, producer=given.producer, licence=given.licence)
        known[slug] = save_source(by=by, **fields)[0]
    return known


def _tell(by: Actor, verb: str, study: Study) -> None:
    changed = [("study", str(study.pk))]
    record(by=by, verb=verb, subject=f"study:{study.slug}", detail={"title": study.title}, changed=changed)
