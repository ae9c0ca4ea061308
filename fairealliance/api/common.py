"""What several answers of the API share."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Schema
from pydantic import Field

from fairealliance.api.strict import refused
from fairealliance.organisations.models import Organisation
from fairealliance.provenance.models import Source, Sourced
from fairealliance.territories.autocomplete import resolve_text
from fairealliance.territories.models import Territory

Number = Annotated[int, Path(ge=0, description="Le numéro de la fiche.")]
_BIGGEST_ID = 2**63 - 1
DEMO = "Vrai pour un contenu inventé : rien de ce qu’il dit n’est un fait."


class SourceOut(Schema):
    """D’où vient une donnée."""

    slug: str
    label: str
    producer: str
    url: str
    licence: str = Field(description="Vide quand la source ne la dit pas.")
    licence_url: str
    vintage: str


class Origin(Schema):
    """D’où vient une fiche : sa source, son adresse d’origine, quand elle a été reprise."""

    source: SourceOut | None
    source_url: str = Field(description="Adresse de la fiche chez sa source.")
    source_passage: str = Field(description="Où dans la source : page, titre, note.")
    imported_at: datetime | None


class Link(Schema):
    """Une autre fiche."""

    ref: str
    title: str
    url: str


class Place(Schema):
    """Un territoire, en bref."""

    ref: str = Field(description="niveau:code, par exemple commune:42218.")
    name: str
    level: str
    url: str


def known_number(pk: int) -> int:
    """An id no database could hold is an id we do not have."""
    return pk if pk <= _BIGGEST_ID else 0


def organisation_link(request: HttpRequest, item: Organisation | None) -> Link | None:
    if item is None:
        return None
    url = request.build_absolute_uri(item.get_absolute_url())
    return Link(ref=f"organisation:{item.pk}", title=item.name, url=url)


def source_of(source: Source) -> SourceOut:
    return SourceOut.model_validate(source)


def origin_of(item: Sourced) -> Origin:
    source = source_of(item.source) if item.source else None
    return Origin(
        source=source,
        source_url=item.source_url,
        source_passage=item.source_passage,
        imported_at=item.imported_at,
    )


def place_of(request: HttpRequest, territory: Territory) -> Place:
    return Place(
        ref=territory.ref,
        name=territory.name,
        level=territory.level,
        url=request.build_absolute_uri(territory.get_absolute_url()),
    )


def asked_territory(text: str) -> Territory:
    """The territory that `text` (a ref, a name, a code) means. A 422 naming `territory` when it is not one."""
    found = resolve_text(text)
    if found.territory is not None:
        return found.territory
    if not found.candidates:
        message = _("Nous ne connaissons pas de territoire « %s ». Écrivez par exemple commune:42218.")
        raise refused("territory", message % text[:60], "unknown_territory")
    listed = ", ".join(f"{each.name} ({each.ref})" for each in found.candidates)
    message = _("Plusieurs territoires répondent à « %(text)s » : %(listed)s.")
    raise refused("territory", message % {"text": text[:60], "listed": listed}, "ambiguous_territory")
