"""Catalysts who are listed, and what they cover."""

from typing import Annotated, Any, Literal

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from fairealliance.api.common import (
    DEMO,
    Link,
    Number,
    Place,
    asked_territory,
    known_number,
    organisation_link,
    place_of,
)
from fairealliance.api.strict import REFUSALS, Message, only, refused
from fairealliance.network.coverage import Line, State, matrix
from fairealliance.network.enums import Trade
from fairealliance.network.models import Catalyst
from fairealliance.network.querysets import CatalystQuerySet
from fairealliance.network.words import SECTORS
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory

router = Router(tags=["catalyseurs"])
_MOST = 100
Sector = Annotated[str, Field(json_schema_extra={"enum": sorted(SECTORS)})]


class CatalystsAsked(Schema):
    territory: str = Field(
        "",
        max_length=200,
        description="Qui couvre ce territoire, ou une partie : niveau:code, par exemple commune:42218.",
    )
    trade: Trade | None = Field(None, description="Métier.")
    sector: Sector | None = Field(None, description="Secteur (son code).")
    page: int = Field(1, ge=1, le=1_000, description="Page, à partir de 1.")
    size: int = Field(20, ge=1, le=_MOST, description="Personnes par page.")


class CatalystOut(Schema):
    """Une personne qui aide des acteurs à s’allier, telle qu’elle se présente, avec son accord."""

    id: int
    ref: str
    url: str
    name: str
    organisation: Link | None
    presentation: str
    skills: list[str]
    trades: list[str]
    sectors: list[str]
    territories: list[Place]
    is_available: bool = Field(description="Vrai quand la personne est présente, et a une place pour une demande.")
    is_demo: bool = Field(description=DEMO)


class CatalystsFound(Schema):
    """Une page du répertoire : les personnes réelles d’abord, par nom."""

    total: int = Field(description="Combien de personnes réelles : les profils inventés ne sont pas comptés.")
    invented: int = Field(description="Combien de profils inventés, rangés après les personnes réelles.")
    page: int
    pages: int
    size: int
    results: list[CatalystOut]


class CoverageAsked(Schema):
    level: Literal["departement", "region"] = Field(
        "departement", description="Une ligne par département, ou par région."
    )
    region: str = Field("", max_length=3, description="Code d’une région : elle seule, ou ses départements.")
    sector: Sector | None = Field(None, description="Ce secteur seul (son code).")


class CoverageCell(Schema):
    """Un secteur dans un territoire."""

    sector: str
    state: State = Field(description="Couvert en entier, en partie, ou par personne.")
    whole: int = Field(description="Combien couvrent tout le territoire.")
    part: int = Field(description="Combien n’en couvrent qu’une partie.")
    asked: int = Field(description="Demandes d’appui venues de là quand personne ne le couvrait.")


class CoverageLine(Schema):
    territory: Place
    asked: int = Field(description="Demandes venues de là quand personne ne couvrait, sans secteur dit comprises.")
    cells: list[CoverageCell]


class CoverageOut(Schema):
    """Secteur par territoire. Ce qui est inventé n’est pas compté."""

    level: str
    sectors: dict[str, str] = Field(description="Le nom de chaque secteur, par code.")
    blanks: int = Field(description="Combien de cases sont vides.")
    lines: list[CoverageLine]


@router.get(
    "/catalysts",
    response={200: CatalystsFound, **REFUSALS},
    operation_id="catalysts",
    summary="Le répertoire des catalyseurs",
)
@only(CatalystsAsked)
def catalysts(request: HttpRequest, filters: Query[CatalystsAsked]) -> CatalystsFound:
    """Qui a donné son accord, et lui seul. Une page au-delà de la dernière est vide."""
    found = _narrowed(filters)
    invented = found.of_world(is_demo=True).count()
    pages = Paginator(found.with_workload().for_cards().order_by("user__is_demo", "slug", "name", "pk"), filters.size)
    shown = pages.page(filters.page).object_list if filters.page <= pages.num_pages else ()
    return CatalystsFound(
        total=pages.count - invented,
        invented=invented,
        page=filters.page,
        pages=pages.num_pages,
        size=filters.size,
        results=[_catalyst(request, each) for each in shown],
    )


@router.get(
    "/catalysts/{int:pk}",
    response={200: CatalystOut, 404: Message, **REFUSALS},
    operation_id="catalyst",
    summary="Un catalyseur",
)
@only()
def catalyst(request: HttpRequest, pk: Number) -> CatalystOut:
    """Qui retire son accord n’est plus là."""
    found = Catalyst.objects.active().with_workload().for_cards().filter(pk=known_number(pk)).first()
    if found is None:
        raise HttpError(404, _("Nous n’avons pas cette fiche."))
    return _catalyst(request, found)


@router.get(
    "/coverage",
    response={200: CoverageOut, **REFUSALS},
    operation_id="coverage",
    summary="Qui couvre quoi, où",
)
@only(CoverageAsked)
def coverage(request: HttpRequest, filters: Query[CoverageAsked]) -> CoverageOut:
    """La même matrice que la page et le fichier : ce qui est couvert, et ce qui ne l’est pas."""
    level, region = Level(filters.level), _region(filters.region)
    found = matrix(level, region=region, sector=_sector(filters.sector))
    return CoverageOut(
        level=level.value,
        sectors={slug: SECTORS[slug] for slug in found.sectors},
        blanks=found.blanks,
        lines=[_line(request, each) for each in found.lines],
    )


def _narrowed(asked: CatalystsAsked) -> CatalystQuerySet:
    found = Catalyst.objects.active()
    if asked.trade:
        found = found.of_trade(asked.trade.value)
    if sector := _sector(asked.sector):
        found = found.of_sector(sector)
    return found.around(asked_territory(asked.territory)) if asked.territory else found


def _sector(slug: str | None) -> str:
    if slug and slug not in SECTORS:
        raise refused("sector", _("Nous ne connaissons pas « %s ».") % slug[:40], "unknown_value")
    return slug or ""


def _region(code: str) -> Territory | None:
    if not code:
        return None
    found = Territory.objects.filter(level=Level.REGION, code=code).first() if code.isalnum() else None
    if found is None:
        raise refused("region", _("Nous ne connaissons pas « %s ».") % code, "unknown_value")
    return found


def _catalyst(request: HttpRequest, held: Catalyst) -> CatalystOut:
    names = ("name", "presentation", "skills", "trades", "sectors", "is_demo")
    told: dict[str, Any] = {name: getattr(held, name) for name in names}
    workload: int = held.workload  # type: ignore[attr-defined]  # annotated
    return CatalystOut(
        **told,
        id=held.pk,
        ref=held.ref,
        url=request.build_absolute_uri(held.get_absolute_url()),
        organisation=organisation_link(request, held.organisation),
        territories=[place_of(request, each) for each in held.territories.all()],
        is_available=workload < held.capacity and not held.is_absent(),
    )


def _line(request: HttpRequest, line: Line) -> CoverageLine:
    cells = [
        CoverageCell(sector=cell.sector, state=cell.state, whole=cell.whole, part=cell.part, asked=cell.asked)
        for cell in line.cells
    ]
    return CoverageLine(territory=place_of(request, line.territory), asked=line.asked, cells=cells)
