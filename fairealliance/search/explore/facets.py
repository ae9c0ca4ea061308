"""Facets as the page shows them: every value that would still find something, with its words and its count."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from fairealliance.search.explore.criteria import Criteria
from fairealliance.search.explore.labels import FACETS, Gazetteer, label

# What most people narrow by is open at once; the rest opens on demand, or by itself once chosen.
_OPEN = {"kind", "goal"}
SHOWN = {"kind": 4, "goal": 6, "theme": 8, "sphere": 6, "region": 8, "departement": 8, "year": 8}
_BY_VALUE = {"year"}
_LISTED = 24
"""Beyond, the rest comes on demand: a hundred départements would weigh on every page."""
WHOLE = "tous"
"""The parameter that asks for a facet's whole list."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value, and how many hits have it (None when nobody counted)."""

    value: str
    label: str
    count: int | None
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """Parameters of the component `facet`."""

    name: str
    title: str
    options: list[Option]
    open: bool
    shown: int
    more_href: str = ""
    more_label: str = ""


@dataclass(frozen=True, slots=True)
class Removable:
    """A filter in use, and the address of the same search without it."""

    label: str
    href: str


def facets_of(
    criteria: Criteria, counts: Mapping[str, Mapping[str, int]], names: Gazetteer, whole: str = ""
) -> list[Facet]:
    """Facets that have something to offer, in the order of the page; `whole` is the one to list to the end."""
    listed = (_facet(facet, criteria.values(facet), counts.get(facet, {}), names) for facet in FACETS)
    return [_cut(facet, criteria, whole) for facet in listed if facet.options]


def _cut(facet: Facet, criteria: Criteria, whole: str) -> Facet:
    if facet.name == whole:
        return replace(facet, open=True, shown=len(facet.options))
    if len(facet.options) <= _LISTED:
        return facet
    kept = max(_LISTED, sum(option.selected for option in facet.options))
    href = "?" + urlencode([*criteria.pairs(), (WHOLE, facet.name)])
    label = _("Voir les %d") % len(facet.options)
    return replace(facet, options=facet.options[:kept], more_href=href, more_label=label)


def _facet(name: str, chosen: tuple[str, ...], counts: Mapping[str, int], names: Gazetteer) -> Facet:
    values = dict.fromkeys([*chosen, *(value for value, count in counts.items() if count)])
    options = [
        Option(value, label(name, value, names), counts.get(value, 0) if counts else None, value in chosen)
        for value in values
    ]
    if name in _BY_VALUE:
        options.sort(key=lambda option: (not option.selected, -int(option.value)))
    else:
        options.sort(key=lambda option: (not option.selected, -(option.count or 0), option.label))
    return Facet(name, str(FACETS[name]), options, name in _OPEN or bool(chosen), SHOWN[name])


def removables(criteria: Criteria, names: Gazetteer, path: str, place_words: str) -> list[Removable]:
    """The filters in use as chips, each with its way out."""
    found = [
        Removable(label(facet, value, names), path + criteria.without(facet, value).address())
        for facet in FACETS
        for value in criteria.values(facet)
    ]
    if criteria.place:
        found.append(Removable(place_words, path + criteria.without("pres", "").address()))
    return found
