"""Search, as the explorer does it."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from fairealliance.api.common import DEMO, asked_territory
from fairealliance.api.strict import REFUSALS, Message, only, refused
from fairealliance.goals.vocabulary import THEMES
from fairealliance.organisations.enums import Sphere
from fairealliance.search import engine
from fairealliance.search.explore.labels import Gazetteer, gazetteer, known_values, label
from fairealliance.search.query import MAX_DEPTH, MAX_PAGE_SIZE, Hit, Near, Results, Sort, State
from fairealliance.search.query import Query as Question
from fairealliance.territories.enums import Precision

router = Router(tags=["recherche"])
RETRY_SECONDS = 30
_LONGEST_LIST = 30


Goal = Annotated[int, Field(ge=1, le=17)]
Theme = Annotated[str, Field(json_schema_extra={"enum": sorted(THEMES)})]
Code = Annotated[str, Field(pattern=r"^[0-9A-Z]{1,3}$")]
Year = Annotated[int, Field(ge=1800, le=2100)]


class Kind(StrEnum):
    """Every kind that the index holds. `article`: articles and events of the editorial hub."""

    PRACTICE = "practice"
    ORGANISATION = "organisation"
    RESOURCE = "resource"
    NEED = "need"
    OFFER = "offer"
    CATALYST = "catalyst"
    TERRITORY = "territory"
    STUDY = "study"
    MEASURE = "measure"
    ARTICLE = "article"


class Asked(Schema):
    q: str = Field("", max_length=400, description="Des mots. Vide : tout.", examples=["garages"])
    kind: list[Kind] = Field(
        default_factory=list, max_length=_LONGEST_LIST, description="Ce que l’on cherche ; répétable."
    )
    goal: list[Goal] = Field(
        default_factory=list, max_length=17, description="Objectif de développement durable, de 1 à 17 ; répétable."
    )
    theme: list[Theme] = Field(
        default_factory=list, max_length=_LONGEST_LIST, description="Thème (son code) ; répétable."
    )
    sphere: list[Sphere] = Field(default_factory=list, max_length=6, description="Sphère ; répétable.")
    region: list[Code] = Field(
        default_factory=list, max_length=_LONGEST_LIST, description="Code de la région ; répétable."
    )
    departement: list[Code] = Field(
        default_factory=list, max_length=_LONGEST_LIST, description="Code du département ; répétable."
    )
    year: list[Year] = Field(default_factory=list, max_length=_LONGEST_LIST, description="Année ; répétable.")
    territory: str = Field(
        "", max_length=200, description="Dans ce territoire : niveau:code, par exemple epci:244200770."
    )
    lat: float | None = Field(
        None, ge=-90, le=90, allow_inf_nan=False, description="Latitude du point autour duquel chercher."
    )
    lon: float | None = Field(None, ge=-180, le=180, allow_inf_nan=False, description="Longitude du même point.")
    km: float = Field(30, gt=0, le=500, allow_inf_nan=False, description="Rayon autour du point, en kilomètres.")
    sort: Sort = Field("relevance", description="Ordre : « date » celle de la chose, « added » son arrivée chez nous.")
    page: int = Field(1, ge=1, le=MAX_DEPTH, description="Page, à partir de 1.")
    size: int = Field(20, ge=1, le=MAX_PAGE_SIZE, description="Résultats par page.")


class Piece(Schema):
    text: str
    matched: bool


class HitOut(Schema):
    """Un résultat."""

    ref: str
    kind: Kind
    nature: str = Field(description="En mots : outil, association, projet financé…")
    title: str
    url: str
    summary: str
    snippet: list[Piece] = Field(description="Le passage qui répond, en morceaux.")
    score: float
    territory: str
    territory_ref: str
    goals: list[int]
    themes: list[str]
    spheres: list[str]
    stages: list[str]
    medoc: str = Field(description="Méthode, exemple, données, outil ou compétence.")
    year: int | None
    latitude: float | None
    longitude: float | None
    precision: Precision
    distance_km: float | None
    source: str
    added_at: datetime = Field(description="Quand cela nous est parvenu.")
    is_demo: bool = Field(description=DEMO)


class Correction(Schema):
    typed: str
    used: str


class Count(Schema):
    value: str
    label: str
    count: int


class Found(Schema):
    """Une page de résultats, le total, et pour chaque facette les comptes sur tous les résultats."""

    state: Literal["ready"] = Field(description="Toujours « ready » : sans index, la réponse est 503.")
    total: int
    page: int
    pages: int
    size: int
    corrected: list[Correction] = Field(description="Mots inconnus, et ceux cherchés à leur place.")
    facets: dict[str, list[Count]]
    results: list[HitOut]


@router.get(
    "",
    response={200: Found, **REFUSALS, 503: Message},
    operation_id="search",
    summary="Chercher dans tout ce qui est public",
)
@only(Asked)
def search(request: HttpRequest, response: HttpResponse, filters: Query[Asked]) -> Found | Status[Message]:
    """Dans une facette les choix s’ajoutent, entre facettes ils se croisent."""
    names = gazetteer()
    found = engine.find(question(filters, names))
    if found.state != State.READY:
        response["Retry-After"] = str(RETRY_SECONDS)
        return Status(503, Message(detail=_("La recherche se reconstruit : revenez dans un instant.")))
    return _told(request, filters, found, names)


def question(asked: Asked, names: Gazetteer) -> Question:
    """The question to the engine. A 422 for a value that means nothing."""
    for facet in ("theme", "region", "departement"):
        known = known_values(facet, names)
        for value in getattr(asked, facet):
            if value not in known:
                raise refused(facet, _("Nous ne connaissons pas « %s ».") % value[:40], "unknown_value")
    near = _near(asked)
    if asked.page * asked.size > MAX_DEPTH:
        raise refused("page", _("On ne va pas au-delà de %d résultats : resserrez la recherche.") % MAX_DEPTH)
    return Question(
        text=" ".join(asked.q.split()),
        kinds=tuple(kind.value for kind in asked.kind),
        goals=tuple(asked.goal),
        themes=tuple(asked.theme),
        spheres=tuple(sphere.value for sphere in asked.sphere),
        regions=tuple(asked.region),
        departements=tuple(asked.departement),
        years=tuple(asked.year),
        scopes=(asked_territory(asked.territory).ref,) if asked.territory else (),
        near=near,
        sort=asked.sort,
        page=asked.page,
        size=asked.size,
    )


def _near(asked: Asked) -> Near | None:
    if (asked.lat is None) != (asked.lon is None):
        missing = "lon" if asked.lon is None else "lat"
        raise refused(missing, _("« lat » et « lon » vont ensemble."), "incomplete")
    if asked.lat is not None and asked.lon is not None:
        return Near(asked.lat, asked.lon, asked.km)
    if asked.sort == "distance":
        raise refused("sort", _("Pour trier par distance, donnez « lat » et « lon »."))
    if "km" in asked.model_fields_set:
        raise refused("km", _("Un rayon demande un point : donnez « lat » et « lon »."))
    return None


def _told(request: HttpRequest, asked: Asked, found: Results, names: Gazetteer) -> Found:
    facets = {
        facet: [
            Count(value=value, label=label(facet, value, names), count=count)
            for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        for facet, counts in found.facets.items()
    }
    return Found(
        state="ready",
        total=found.total,
        page=asked.page,
        pages=max(1, -(-min(found.total, MAX_DEPTH) // asked.size)),
        size=asked.size,
        corrected=[Correction(typed=typed, used=used) for typed, used in found.corrected],
        facets=facets,
        results=[_hit(request, hit) for hit in found.hits],
    )


def _hit(request: HttpRequest, hit: Hit) -> HitOut:
    return HitOut(
        ref=hit.ref,
        kind=Kind(hit.kind),
        nature=hit.label,
        title=hit.title,
        url=request.build_absolute_uri(hit.url),
        summary=hit.summary,
        snippet=[Piece(text=text, matched=matched) for text, matched in hit.snippet],
        score=round(hit.score, 4),
        territory=hit.territory,
        territory_ref=hit.territory_ref,
        goals=list(hit.goals),
        themes=list(hit.themes),
        spheres=list(hit.spheres),
        stages=list(hit.stages),
        medoc=hit.medoc,
        year=hit.year,
        latitude=hit.latitude,
        longitude=hit.longitude,
        precision=Precision(hit.precision or Precision.UNKNOWN),
        distance_km=None if hit.distance_km is None else round(hit.distance_km, 1),
        source=hit.source,
        added_at=datetime.fromtimestamp(hit.added, UTC),
        is_demo=hit.is_demo,
    )
