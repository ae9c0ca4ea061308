"""Territories: finding one, its figures, those like it."""

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from fairealliance.api.common import Place, SourceOut, place_of, source_of
from fairealliance.api.strict import REFUSALS, Message, only, refused
from fairealliance.territories import portrait, surroundings
from fairealliance.territories.addresses import address_of
from fairealliance.territories.autocomplete import suggest
from fairealliance.territories.comparable import compare
from fairealliance.territories.enums import Level, Precision, State
from fairealliance.territories.former_address import today_of
from fairealliance.territories.models import Territory
from fairealliance.territories.traits import GROUPS, MAX_WEIGHT
from fairealliance.territories.words import level_name

router = Router(tags=["territoires"])
Code = Annotated[
    str, Path(pattern=r"^[0-9A-Za-z]{1,12}$", description="Code officiel : INSEE, SIREN de l’EPCI…", examples=["42218"])
]
LevelInPath = Annotated[Level, Path(description="Niveau du territoire.", examples=["commune"])]


class Suggested(Schema):
    ref: str = Field(description="niveau:code du territoire d’aujourd’hui, même trouvé sous un ancien nom.")
    name: str
    context: str = Field(description="Ce qui le distingue de ses homonymes.")
    level: str
    population: int | None
    matched: str = Field(description="Par quoi il a été trouvé : name, former, part, typo…")
    url: str


class Suggestions(Schema):
    """Les territoires trouvés, les meilleurs d’abord."""

    results: list[Suggested]


class FigureOut(Schema):
    """Un chiffre, ou la raison pour laquelle il n’y en a pas. Inconnu n’est pas zéro."""

    slug: str
    label: str
    theme: str
    state: State = Field(description="known, secret, unavailable ou not_applicable.")
    value: float | None = Field(description="Nul quand le chiffre n’est pas connu ou n’est pas un nombre.")
    text: str = Field(description="La valeur quand c’est un mot (catégorie, oui, non).")
    unit: str
    decimals: int
    note: str = Field(description="Ce qu’il faut savoir : une somme et de quoi, pourquoi rien n’est dit.")
    reading: str = Field(description="Comment le lire.")
    additive: bool = Field(description="Faux pour une médiane ou un taux : ne s’additionne pas.")
    source: str
    source_url: str
    licence: str
    vintage: str


class FormerName(Schema):
    """Un nom ou un code d’avant, qui mène à ce territoire."""

    level: str
    code: str
    name: str
    kind: str


class TerritoryOut(Schema):
    """Le portrait d’un territoire."""

    ref: str
    asked: str = Field(description="Ce qui était demandé : autre que « ref » pour un ancien code.")
    level: str
    code: str
    name: str
    nature: str = Field(description="En mots : commune, métropole, région…")
    siren: str
    postal_codes: list[str]
    population: int | None
    population_year: int | None
    latitude: float | None
    longitude: float | None
    precision: Precision = Field(description="exact, town (le bourg), approximate ou unknown.")
    url: str
    within: list[Place] = Field(description="Les territoires qui le contiennent, du plus proche au plus vaste.")
    former: list[FormerName]
    figures: list[FigureOut]
    sources: list[SourceOut]
    is_demo: bool = Field(False, description="Toujours faux : aucun territoire n’est inventé.")


class Neighbour(Schema):
    """Un territoire qui ressemble à celui demandé."""

    ref: str
    name: str
    url: str
    distance: float = Field(description="Sans unité : 0 pour le même, environ 1,4 pour un inconnu.")
    traits: list[str] = Field(description="Ce qui les rapproche, en mots.")
    population: int | None
    latitude: float | None
    longitude: float | None


class LeftOut(Schema):
    label: str
    reason: str


class Comparable(Schema):
    """Les territoires comparables, et sur quoi ils ont été comparés."""

    territory: Place
    neighbours: list[Neighbour]
    compared_on: list[str]
    left_out: list[LeftOut] = Field(description="Ce qui n’a pas pu être comparé, et pourquoi.")


class Asked(Schema):
    q: str = Field(
        min_length=1,
        max_length=200,
        description="Nom, ancien nom, code postal ou code INSEE.",
        examples=["saint etienne"],
    )
    limit: int = Field(10, ge=1, le=50, description="Combien, au plus.")
    level: list[Level] = Field(default_factory=list, max_length=9, description="Seulement ces niveaux.")


class Compared(Schema):
    limit: int = Field(10, ge=1, le=50, description="Combien, au plus.")
    weight: list[str] = Field(
        default_factory=list,
        max_length=len(GROUPS),
        description=f"critère:poids, de 0 (ignoré) à {MAX_WEIGHT} (décisif). Critères : {', '.join(GROUPS)}.",
    )


@router.get("", response={200: Suggestions, **REFUSALS}, operation_id="territories", summary="Chercher un territoire")
@only(Asked)
def territories(request: HttpRequest, filters: Query[Asked]) -> Suggestions:
    """Sans accents ni majuscules ; les plus peuplés d’abord, les homonymes distingués par leur département."""
    found = suggest(filters.q, limit=filters.limit, levels=filters.level or None)
    rows = [
        Suggested(
            ref=each.ref,
            name=each.name,
            context=each.context,
            level=each.level,
            population=each.population,
            matched=each.matched,
            url=_page(request, each.ref, each.name),
        )
        for each in found
    ]
    return Suggestions(results=rows)


@router.get(
    "/{level}/{code}",
    response={200: TerritoryOut, 404: Message, **REFUSALS},
    operation_id="territory",
    summary="Le portrait d’un territoire",
)
@only()
def territory(request: HttpRequest, level: LevelInPath, code: Code) -> TerritoryOut:
    """Ses chiffres avec leur état, leur source et leur millésime. Un ancien code mène au territoire d’aujourd’hui."""
    found = _found(level, code)
    figures = portrait.figures(found)
    return TerritoryOut(
        ref=found.ref,
        asked=f"{Level(level).value}:{code.upper()}",
        level=found.level,
        code=found.code,
        name=found.name,
        nature=level_name(found.level, found.nature),
        siren=found.siren,
        postal_codes=found.postal_codes,
        population=found.population,
        population_year=found.population_year,
        latitude=found.latitude,
        longitude=found.longitude,
        precision=Precision(found.precision),
        url=request.build_absolute_uri(found.get_absolute_url()),
        within=[place_of(request, each) for each in surroundings.ancestors(found)],
        former=[FormerName.model_validate(each) for each in found.formers.order_by("code", "name", "pk")],
        figures=[FigureOut.model_validate(figure) for figure in figures],
        sources=[source_of(source) for source in portrait.sources_of(figures)],
        is_demo=False,
    )


@router.get(
    "/{level}/{code}/comparable",
    response={200: Comparable, 404: Message, **REFUSALS},
    operation_id="comparable",
    summary="Les territoires comparables",
)
@only(Compared)
def comparable(request: HttpRequest, level: LevelInPath, code: Code, filters: Query[Compared]) -> Comparable:
    """Les plus ressemblants sur des chiffres standardisés, et ce qui les rapproche, en mots."""
    found = _found(level, code)
    try:
        comparison = compare(found, limit=filters.limit, weights=_weights(filters.weight))
    except ValueError as error:
        raise refused("weight", str(error)) from error
    neighbours = [
        Neighbour(
            ref=each.territory_ref,
            name=each.name,
            url=_page(request, each.territory_ref, each.name),
            distance=each.distance,
            traits=each.traits,
            population=each.population,
            latitude=each.latitude,
            longitude=each.longitude,
        )
        for each in comparison.neighbours
    ]
    return Comparable(
        territory=place_of(request, found),
        neighbours=neighbours,
        compared_on=[str(label) for label in comparison.compared_on],
        left_out=[LeftOut(label=str(label), reason=str(reason)) for label, reason in comparison.left_out],
    )


def _found(level: Level, code: str) -> Territory:
    found = today_of(Level(level).value, code.upper())
    if found is None:
        asked = f"{Level(level).value}:{code}"
        raise HttpError(404, _("Nous ne connaissons pas de territoire « %s ».") % asked)
    return found[0]


def _weights(listed: list[str]) -> dict[str, int] | None:
    if not listed:
        return None
    weights = {}
    for each in listed:
        group, _separator, weight = each.partition(":")
        if not (weight.isascii() and weight.isdigit() and len(weight) == 1):
            raise ValueError(_("« %s » : écrivez critère:poids, par exemple taille:3.") % each[:40])
        weights[group] = int(weight)
    return weights


def _page(request: HttpRequest, ref: str, name: str) -> str:
    return request.build_absolute_uri(address_of(ref, name))
