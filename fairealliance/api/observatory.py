"""Surveys: studies and series, as their pages tell them."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from fairealliance.api.common import Origin, origin_of
from fairealliance.api.strict import REFUSALS, Message, only
from fairealliance.observatory.citation import cite_series, cite_study
from fairealliance.observatory.downloads import figure_facts, series_facts
from fairealliance.observatory.enums import ActorKind, Sign, Topic, Unit
from fairealliance.observatory.figures import figures_of
from fairealliance.observatory.models import Question, Series, Study
from fairealliance.observatory.waves import view_of

router = Router(tags=["observatoire"])
MOST = 100
Slug = Annotated[
    str, Path(pattern=r"^[-a-z0-9]{1,80}$", description="Le code, tel qu’il est dans l’adresse de la page.")
]


class Telling(Schema):
    """Ce que dit une source."""

    share: float | None = Field(description="Nul quand le chiffre n’est pas connu, ou secret.")
    sign: Sign = Field(description="« < » : moins de ; « > » : plus de ; « ~ » : environ.")
    secret: bool = Field(description="Vrai quand trop peu de personnes ont répondu pour que le chiffre soit publié.")
    answer: str
    n: int | None = Field(description="Combien ont répondu ; nul quand ce n’est pas connu.")
    margin: float | None = Field(description="Marge d’erreur, en points.")
    told: str = Field(description="La phrase de la source, mot pour mot.")
    differs: str = Field(description="En quoi elle diffère des autres.")
    note: str = Field(description="Ce que la plateforme note de ce chiffre, par exemple d’un calcul.")
    source: str
    source_url: str
    passage: str


class StudyFigureOut(Schema):
    """Un chiffre, avec tout ce que les sources en disent."""

    code: str
    answer: str
    part_of: str = Field(description="Code de la réponse dont celle-ci est une partie.")
    actor: ActorKind
    subgroup: str
    territory: str | None = Field(description="niveau:code ; nul pour la France entière.")
    unit: Unit
    words: str = Field(description="Le chiffre en toutes lettres : « 84 % ou 86 % ».")
    disagreements: list[str] = Field(description="En quoi les sources se contredisent ; vide quand elles s’accordent.")
    tellings: list[Telling]


class QuestionOut(Schema):
    code: str
    label: str
    wording: str = Field(description="Mot pour mot ; vide quand ce n’est pas connu.")
    base: str
    topic: Topic
    unit: Unit
    multiple: bool
    figures: list[StudyFigureOut]


class StudyBrief(Schema):
    """Une étude, en bref. Vide ou nul veut dire : non connu."""

    slug: str
    title: str
    url: str
    programme: str
    producer: str
    institute: str
    actor: str
    started: str = Field(description="2016, 2016-11 ou 2016-11-03, aussi précis qu’il est connu.")
    ended: str
    when: str
    sample_size: int | None


class StudyOut(StudyBrief):
    """Une étude : sa fiche technique, ses questions, ses chiffres."""

    commissioner: str
    population: str
    method: str
    report_url: str
    licence: str
    note: str
    citation: str
    updated_at: datetime
    origin: Origin
    questions: list[QuestionOut]


class Studies(Schema):
    """Les études publiées, la plus récente d’abord."""

    total: int
    results: list[StudyBrief]


class BreakOut(Schema):
    """Ce qui a changé depuis la vague d’avant."""

    kinds: list[str] = Field(description="wording (la question), base (les personnes), method (la méthode).")
    why: str


class WaveOut(Schema):
    study: str
    title: str
    started: str
    ended: str
    when: str
    sample_size: int | None
    question: str
    wording: str
    base: str
    rupture: BreakOut | None = Field(description="De part et d’autre, les chiffres ne se comparent pas.")
    figures: list[StudyFigureOut]


class SeriesBrief(Schema):
    slug: str
    title: str
    headline: str
    url: str


class AllSeries(Schema):
    results: list[SeriesBrief]


class SeriesOut(SeriesBrief):
    """Une série : ses vagues, ses ruptures, comment la citer."""

    sentence: str = Field(description="Ce que montre le graphique.")
    note: str
    updated_at: datetime
    citation: str
    waves: list[WaveOut]


class Asked(Schema):
    actor: ActorKind | None = Field(None, description="Celles qui ont interrogé cette sorte d’acteur.")
    limit: int = Field(20, ge=1, le=MOST, description="Combien d’études au plus.")
    offset: int = Field(0, ge=0, le=1_000_000, description="Combien d’études passer avant la première.")


_ANSWERS: dict[int, Any] = {404: Message, **REFUSALS}


@router.get("/studies", response={200: Studies, **REFUSALS}, operation_id="studies", summary="Les études")
@only(Asked)
def studies(request: HttpRequest, filters: Query[Asked]) -> Studies:
    """Qui a demandé quoi à qui, et quand."""
    rows = Study.objects.published()
    if filters.actor:
        rows = rows.filter(pk__in=Study.objects.asking(filters.actor.value).values("pk"))
    page = rows.told()[filters.offset : filters.offset + filters.limit]
    return Studies(total=rows.count(), results=[StudyBrief(**_brief(request, each)) for each in page])


@router.get("/studies/{slug}", response={200: StudyOut, **_ANSWERS}, operation_id="study", summary="Une étude")
@only()
def study(request: HttpRequest, slug: Slug) -> StudyOut:
    """Sa fiche technique, ses questions, et chaque chiffre avec ce que disent ses sources."""
    found = Study.objects.published().whole().filter(slug=slug).first()
    if found is None:
        raise HttpError(404, _("Nous n’avons pas d’étude « %s ».") % slug)
    brief = _brief(request, found)
    names = ("commissioner", "population", "method", "report_url", "licence", "note", "updated_at")
    return StudyOut(
        **brief,
        **{name: getattr(found, name) for name in names},
        citation=cite_study(found, brief["url"]),
        origin=origin_of(found),
        questions=[_question(question) for question in found.questions.all()],
    )


@router.get("/series", response={200: AllSeries, **REFUSALS}, operation_id="all_series", summary="Les séries")
@only()
def all_series(request: HttpRequest) -> AllSeries:
    """Une même question d’une enquête à l’autre."""
    rows = Series.objects.told()
    return AllSeries(results=[SeriesBrief(**_series(request, each)) for each in rows])


@router.get("/series/{slug}", response={200: SeriesOut, **_ANSWERS}, operation_id="series", summary="Une série")
@only()
def series(request: HttpRequest, slug: Slug) -> SeriesOut:
    """Ses vagues, avec les ruptures de formulation, de base ou de méthode."""
    found = Series.objects.whole().filter(slug=slug).first()
    if found is None:
        raise HttpError(404, _("Nous n’avons pas de série « %s ».") % slug)
    view, url = view_of(found), _series(request, found)["url"]
    facts = series_facts(view, url, cite_series(view, url))
    waves = [{**wave, "rupture": wave["break"]} for wave in facts["waves"]]
    return SeriesOut.model_validate({**facts, "waves": waves})


def _brief(request: HttpRequest, study: Study) -> dict[str, Any]:
    names = ("slug", "title", "programme", "producer", "institute", "actor", "started", "ended", "when", "sample_size")
    url = request.build_absolute_uri(study.get_absolute_url())
    return {"url": url, **{name: getattr(study, name) for name in names}}


def _question(question: Question) -> QuestionOut:
    names = ("code", "label", "wording", "base", "topic", "unit", "multiple")
    told = {name: getattr(question, name) for name in names}
    figures = [figure_facts(figure) for figure in figures_of(question)]
    return QuestionOut.model_validate({**told, "figures": figures})


def _series(request: HttpRequest, series: Series) -> dict[str, Any]:
    url = request.build_absolute_uri(series.get_absolute_url())
    return {"slug": series.slug, "title": series.title, "headline": series.headline, "url": url}
