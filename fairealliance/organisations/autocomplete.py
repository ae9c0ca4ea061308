"""Finding an organisation from what people type: the beginning of its name, a word of it, a SIREN, a RNA."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from fairealliance.lib.slugs import slug
from fairealliance.organisations.enums import Sphere
from fairealliance.organisations.models import Organisation

_MOST = 8
_SHORTEST_WORD = 4


@dataclass(frozen=True, slots=True)
class OrganisationHit:
    """One line of the list."""

    ref: str
    name: str
    context: str
    level: str = ""
    sphere: str = ""


def suggest(q: str) -> list[OrganisationHit]:
    """At most eight; two queries. By its number, only what bears it."""
    number = "".join(q.split()).upper().replace(".", "")
    if number[:9].isdecimal() and len(number) in (9, 14):
        return _hits(Q(siren=number[:9]))
    if number[:1] == "W" and len(number) == 10 and number[4:].isdecimal():
        return _hits(Q(rna=number))
    words = slug(q)
    if len(words) < 2:
        return []
    found = _hits(begins(words))
    if len(found) < _MOST and len(words) >= _SHORTEST_WORD:
        known = {hit.ref for hit in found}
        found += [hit for hit in _hits(Q(slug__contains=f"-{words}")) if hit.ref not in known]
    return found[:_MOST]


def begins(words: str) -> Q:
    """As each database can answer from the index of slugs."""
    if connection.vendor == "sqlite":
        return Q(slug__gte=words, slug__lt=f"{words}\uffff")
    return Q(slug__startswith=words)


def _hits(condition: Q) -> list[OrganisationHit]:
    rows = Organisation.objects.filter(condition, closed_on__isnull=True).order_by("slug", "pk")
    chosen = rows.values_list("pk", "name", "sphere", "seat__name")[:_MOST]
    return [
        OrganisationHit(f"organisation:{pk}", name, _context(sphere, seat), sphere=sphere)
        for pk, name, sphere, seat in chosen
    ]


def _context(sphere: str, seat: str | None) -> str:
    said = [str(Sphere(sphere).label) if sphere else "", seat or ""]
    return " · ".join(filter(None, said))
