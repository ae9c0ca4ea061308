"""Published studies as documents: what was asked, of whom, and what was answered."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from fairealliance.observatory.enums import ActorKind
from fairealliance.observatory.figures import figures_of
from fairealliance.observatory.models import Question, Result, Study
from fairealliance.observatory.short import read_in_short
from fairealliance.search.documents import Doc
from fairealliance.search.sources.common import added, distinct, joined, numeric, summary
from fairealliance.search.sources.places import Places, Whereabouts


def keys() -> Iterable[str]:
    return map(str, Study.objects.published().order_by("pk").values_list("pk", flat=True).iterator())


def build(wanted: Sequence[str]) -> Iterable[Doc]:
    """At most nine queries: studies, questions, results, sources, territories, where; places have three. No drafts."""
    rows = Study.objects.published().select_related("source").filter(pk__in=numeric(wanted))
    studies = list(rows.order_by("pk"))
    read_in_short(studies)
    territories = _territories(studies)
    places = Places.of(pk for each in territories.values() for pk in each)
    for study in studies:
        yield _doc(study, places.whereabouts(territories[study.pk]))


def _doc(study: Study, where: Whereabouts) -> Doc:
    told = [f"{question.label}. {question.wording} {_figures(question)}".strip() for question in study.questions.all()]
    actors = _actors(study)
    return Doc(
        ref=f"study:{study.pk}",
        kind="study",
        title=study.title,
        url=study.get_absolute_url(),
        body=joined(*told, study.note),
        keywords=joined(
            study.programme,
            study.producer,
            study.institute,
            _("étude enquête sondage"),
            *map(_words, actors),
        ),
        summary=summary(" ".join(told), study.note),
        label=_("étude : %s") % ", ".join(map(_words, actors)) if actors else _("étude"),
        goals=(17,),
        spheres=distinct(tuple(ActorKind(each).sphere for each in actors)),
        places=where.names,
        scopes=where.scopes,
        regions=where.regions,
        departements=where.departements,
        territory=where.territory,
        territory_ref=where.territory_ref,
        year=int(study.year) if study.year else None,
        medoc="data",
        source=study.source.label if study.source else "",
        is_demo=study.is_demo,
        added=added(study),
    )


def _figures(question: Question) -> str:
    return " ; ".join(f"{figure.first.answer} : {figure.words}" for figure in figures_of(question))


def _actors(study: Study) -> list[str]:
    told = [result.actor for question in study.questions.all() for result in question.results.all()]
    return list(dict.fromkeys([*([study.actor] if study.actor else []), *told]))


def _words(actor: str) -> str:
    return str(ActorKind(actor).label)


def _territories(studies: Sequence[Study]) -> dict[int, tuple[int, ...]]:
    """Of each study, every place it tells of."""
    found: dict[int, tuple[int, ...]] = {study.pk: () for study in studies}
    told = Result.objects.filter(question__study__in=studies, territory__isnull=False).order_by("territory_id")
    for study, place in told.values_list("question__study", "territory").distinct():
        found[study] += (place,)
    return found
