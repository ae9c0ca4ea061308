"""The roadmap: programmes, and their measures on any day."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from fairealliance.api.strict import REFUSALS, Message, only, refused
from fairealliance.roadmap import words
from fairealliance.roadmap.models import Programme
from fairealliance.roadmap.models.reports import Dated
from fairealliance.roadmap.state import MeasureState, read, read_measure

router = Router(tags=["feuille de route"])
_ANSWERS = {404: Message, **REFUSALS}
Slug = Annotated[str, Path(max_length=80, description="L’adresse du programme.")]


class AtDay(Schema):
    date: str = Field(
        "",
        max_length=10,
        description="Lire l’état à ce jour (AAAA-MM-JJ) ; vide : aujourd’hui.",
        examples=["2021-05-07"],
    )
    known: Literal["then", "now"] = Field(
        "then",
        description="then : avec ce qui était public ce jour-là ; now : avec ce qui est venu depuis à son propos.",
    )


class ProgrammeOut(Schema):
    """Une feuille de route."""

    slug: str
    title: str
    description: str
    started_on: date
    ended_on: date | None
    is_default: bool = Field(description="Vrai pour le programme du site.")
    source: str
    url: str


class ReportOut(Schema):
    """Un bilan, dans la version en vigueur ce jour-là. Publié, il ne change plus : une correction est une version."""

    dated_on: date
    version: int
    issued_on: date = Field(description="Le jour où cette version a été rendue publique.")
    recorded_at: datetime = Field(description="Quand elle a été enregistrée ici.")
    text: str
    reason: str = Field(description="Le motif de la correction ; vide pour la première version.")


class MeasureReportOut(ReportOut):
    result: str = Field(description="exceeded, met, partly, not_met, ou vide quand le bilan ne le dit pas.")
    next_steps: str
    author: str


class FacilitatorOut(Schema):
    name: str
    organisation: str | None = Field(description="La fiche de l’organisation, quand nous la connaissons.")


class IndicatorOut(Schema):
    """Un indicateur ; nul veut dire : non renseigné."""

    code: str
    label: str
    unit: str
    baseline: float | None
    target: float | None
    value: float | None
    read_on: date | None


class MeasureOut(Schema):
    """Une mesure, un jour donné. Vide ou nul veut dire : non renseigné."""

    number: int
    url: str
    title: str
    objective: str
    ways: str
    expected: str
    dimension: str
    workstream: str | None
    delay_min: int | None = Field(description="En mois.")
    delay_max: int | None = Field(description="En mois.")
    started_on: date
    due_on: date | None = Field(description="Quand le prochain bilan est attendu.")
    result: str = Field(description="exceeded, met, partly, not_met ou not_reported : déduit du dernier bilan.")
    facilitators: list[FacilitatorOut]
    indicators: list[IndicatorOut]
    reports: list[MeasureReportOut]


class StateOut(ProgrammeOut):
    """Un programme, un jour donné."""

    on: date
    counts: dict[str, int] = Field(description="Combien de mesures par résultat.")
    measures: list[MeasureOut]


@router.get(
    "", response={200: list[ProgrammeOut], **REFUSALS}, operation_id="roadmaps", summary="Les feuilles de route"
)
@only()
def programmes(request: HttpRequest) -> list[ProgrammeOut]:
    """Celle du site d’abord."""
    return [ProgrammeOut(**_programme(request, each)) for each in Programme.objects.all()[:100]]


@router.get(
    "/{programme}", response={200: StateOut, **_ANSWERS}, operation_id="roadmap", summary="Une feuille de route"
)
@only(AtDay)
def programme(request: HttpRequest, programme: Slug, filters: Query[AtDay]) -> StateOut:
    """Ses mesures, telles qu’on pouvait les lire ce jour-là."""
    held = _held(programme)
    state = read(held, _day(held, filters.date), _known_on(filters))
    return StateOut(
        **_programme(request, held, state.programme),
        on=state.on,
        counts={str(result.value): count for result, count in state.counts.items()},
        measures=[_measure(request, each) for each in state.measures],
    )


@router.get(
    "/{programme}/measures/{int:number}",
    response={200: MeasureOut, **_ANSWERS},
    operation_id="measure",
    summary="Une mesure",
)
@only(AtDay)
def measure(
    request: HttpRequest,
    programme: Slug,
    number: Annotated[int, Path(ge=0, description="Son numéro.")],
    filters: Query[AtDay],
) -> MeasureOut:
    """Ce qu’elle promet, qui la porte, ses bilans."""
    held = _held(programme)
    state = read_measure(held, number, _day(held, filters.date), _known_on(filters)) if number < 32_768 else None
    if state is None:
        raise HttpError(404, _("Ce programme n’a pas de mesure %d à cette date.") % number)
    return _measure(request, state)


def _held(slug: str) -> Programme:
    found = Programme.objects.filter(slug=slug).first()
    if found is None:
        raise HttpError(404, _("Nous n’avons pas de feuille de route « %s ».") % slug[:80])
    return found


def _known_on(filters: AtDay) -> date | None:
    return timezone.localdate() if filters.known == "now" else None


def _day(programme: Programme, text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise refused("date", _("« %s » n’est pas une date : écrivez par exemple 2021-05-07.") % text) from None
    if not programme.started_on <= day <= timezone.localdate():
        began = words.day(programme.started_on)
        raise refused("date", _("Choisissez un jour entre le %s et aujourd’hui.") % began)
    return day


def _programme(request: HttpRequest, held: Programme, on_day: Programme | None = None) -> dict[str, Any]:
    """As it is, or as it was on a day."""
    said = on_day or held
    names = ("slug", "title", "description", "started_on", "ended_on", "is_default")
    told = {name: getattr(said, name) for name in names}
    return {**told, "source": said.source_label, "url": request.build_absolute_uri(held.get_absolute_url())}


def _measure(request: HttpRequest, state: MeasureState) -> MeasureOut:
    wording = {name: state.wording[name] for name in ("title", "objective", "ways", "expected")}
    return MeasureOut(
        **wording,
        number=state.number,
        url=request.build_absolute_uri(state.get_absolute_url()),
        dimension=state.dimension.title,
        workstream=state.workstream.title if state.workstream else None,
        delay_min=state.delay[0],
        delay_max=state.delay[1],
        started_on=state.started_on,
        due_on=state.due_on,
        result=str(state.result.value),
        facilitators=[
            FacilitatorOut(
                name=each.name,
                organisation=request.build_absolute_uri(each.organisation.get_absolute_url())
                if each.organisation
                else None,
            )
            for each in state.facilitators
        ],
        indicators=[
            IndicatorOut(
                code=each.indicator.code,
                label=each.indicator.label,
                unit=each.indicator.unit,
                baseline=_number(each.indicator.baseline),
                target=_number(each.indicator.target),
                value=_number(each.value),
                read_on=each.read_on,
            )
            for each in state.indicators
        ],
        reports=[
            MeasureReportOut(**_report(each), result=each.result, next_steps=each.next_steps, author=each.author)
            for each in state.reports
        ],
    )


def _report(report: Dated) -> dict[str, Any]:
    return {
        name: getattr(report, name) for name in ("dated_on", "version", "issued_on", "recorded_at", "text", "reason")
    }


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
