"""Practices, organisations and resources, one at a time."""

from datetime import date
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from fairealliance.api.common import (
    DEMO,
    Link,
    Number,
    Origin,
    Place,
    known_number,
    organisation_link,
    origin_of,
    place_of,
)
from fairealliance.api.strict import REFUSALS, Message, only
from fairealliance.organisations.models import Merger, Organisation
from fairealliance.practices.models import Practice
from fairealliance.resources.models import Resource
from fairealliance.territories.enums import Precision

router = Router(tags=["fiches"])
Item = TypeVar("Item")


class Partner(Schema):
    name: str
    sphere: str
    role: str
    amount: float | None = Field(description="En euros ; nul quand il n’est pas connu.")
    organisation: Link | None


class Subject(Schema):
    """Ce que toute fiche porte."""

    id: int
    ref: str
    url: str
    goals: list[int]
    targets: list[str]
    themes: list[str]
    territories: list[Place]
    origin: Origin
    is_demo: bool = Field(description=DEMO)


class PracticeOut(Subject):
    """L’histoire d’un partenariat. Vide ou nul veut dire : non connu."""

    title: str
    challenge: str
    summary: str
    form: str
    kind: str
    stage: str
    start_year: int | None
    end_year: int | None
    cost: float | None = Field(description="En euros.")
    funding: str
    results: str
    evidence: str
    conditions: str
    contact: str
    partners: list[Partner]
    tools: list[Link]
    latitude: float | None
    longitude: float | None
    precision: Precision


class OrganisationOut(Subject):
    """Une organisation. Vide ou nul veut dire : non connu."""

    name: str
    acronym: str
    sphere: str
    description: str
    siren: str | None
    rna: str | None
    naf: str
    legal_category: str
    website: str
    email: str
    phone: str
    seat: Place | None
    closed_on: date | None
    latitude: float | None
    longitude: float | None
    precision: Precision


class ResourceOut(Subject):
    """Un outil, une méthode, une étude… Vide ou nul veut dire : non connu."""

    title: str
    kind: str
    medoc: str
    summary: str
    producer: Link | None
    producer_name: str
    audience: list[str]
    stage: list[str]
    link: str
    year: int | None
    language: str
    licence: str


_ANSWERS = {404: Message, **REFUSALS}


@router.get(
    "/practices/{int:pk}", response={200: PracticeOut, **_ANSWERS}, operation_id="practice", summary="Un exemple"
)
@only()
def practice(request: HttpRequest, pk: Number) -> PracticeOut:
    """Quoi, où, qui avec qui, à quel coût, avec quels résultats, d’après quelle source."""
    item = _existing(Practice.objects.with_story().filter(pk=known_number(pk)).first(), pk)
    names: tuple[str, ...] = ("title", "challenge", "summary", "form", "kind", "stage", "start_year", "end_year")
    names += ("funding", "results", "evidence", "conditions", "contact", "latitude", "longitude", "precision")
    return PracticeOut(
        **_common(request, item, f"practice:{item.pk}"),
        **{name: getattr(item, name) for name in names},
        cost=None if item.cost is None else float(item.cost),
        partners=[
            Partner(
                name=partner.name,
                sphere=partner.sphere,
                role=partner.role,
                amount=None if partner.amount is None else float(partner.amount),
                organisation=organisation_link(request, partner.organisation),
            )
            for partner in item.partners.all()
        ],
        tools=[_resource(request, tool) for tool in item.tools.all()],
    )


@router.get(
    "/organisations/{int:pk}",
    response={200: OrganisationOut, 302: None, **_ANSWERS},
    operation_id="organisation",
    summary="Une organisation",
)
@only()
def organisation(request: HttpRequest, pk: Number) -> OrganisationOut | HttpResponse:
    """Ce qu’elle fait, où elle agit, ses numéros officiels. Réunie à une autre, elle mène à celle-ci."""
    found = Organisation.objects.with_origin().filter(pk=known_number(pk)).first()
    # Not for good: what was merged can be parted again.
    if found is None and (merger := Merger.objects.filter(gone_id=known_number(pk)).first()):
        return redirect("api-v1:organisation", merger.kept_id)
    item = _existing(found, pk)
    names: tuple[str, ...] = ("name", "acronym", "sphere", "description", "siren", "rna", "naf", "legal_category")
    names += ("website", "email", "phone", "closed_on", "latitude", "longitude", "precision")
    return OrganisationOut(
        **_common(request, item, f"organisation:{item.pk}"),
        **{name: getattr(item, name) for name in names},
        seat=place_of(request, item.seat) if item.seat else None,
    )


@router.get(
    "/resources/{int:pk}", response={200: ResourceOut, **_ANSWERS}, operation_id="resource", summary="Une ressource"
)
@only()
def resource(request: HttpRequest, pk: Number) -> ResourceOut:
    """Ce que c’est, pour qui, à quelle étape, où la trouver."""
    rows = Resource.objects.select_related("source", "producer")
    item = _existing(rows.filter(pk=known_number(pk)).first(), pk)
    names = ("title", "kind", "summary", "producer_name", "audience", "stage", "link", "year", "language", "licence")
    return ResourceOut(
        **_common(request, item, f"resource:{item.pk}"),
        **{name: getattr(item, name) for name in names},
        medoc=str(item.medoc),
        producer=organisation_link(request, item.producer),
    )


def _existing(item: Item | None, pk: int) -> Item:
    if item is None:
        raise HttpError(404, _("Nous n’avons pas de fiche numéro %d.") % pk)
    return item


def _common(request: HttpRequest, item: Practice | Organisation | Resource, ref: str) -> dict[str, Any]:
    return {
        "id": item.pk,
        "ref": ref,
        "url": request.build_absolute_uri(item.get_absolute_url()),
        "goals": item.goals,
        "targets": item.targets,
        "themes": item.themes,
        "territories": [place_of(request, each) for each in item.territories.order_by("level", "code")],
        "origin": origin_of(item),
        "is_demo": item.is_demo,
    }


def _resource(request: HttpRequest, item: Resource) -> Link:
    url = request.build_absolute_uri(item.get_absolute_url())
    return Link(ref=f"resource:{item.pk}", title=item.title, url=url)
