"""What someone asks of the explorer, read from an address. Every wrong value is told in French, none is raised."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from fairealliance.lib.text_fr import squeeze, without_controls
from fairealliance.search.explore.labels import FACETS, SORTS, Gazetteer, known_values
from fairealliance.search.explore.places import (
    FARTHEST_KM,
    LONGEST,
    AmbiguousPlace,
    Place,
    UnknownPlace,
    find_place,
)
from fairealliance.search.query import Query, Sort
from fairealliance.territories.autocomplete import Suggestion

LONGEST_TEXT = 400
MOST_VALUES = 30
PAGE_SIZE = 20
T = TypeVar("T")
_SORTS: dict[str, Sort] = {"pertinence": "relevance", "date": "date", "titre": "title", "distance": "distance"}


@dataclass(frozen=True, slots=True)
class Criteria:
    """Words, values chosen in each facet, a place, an order."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    place: Place | None = None
    sort: str = ""
    page: int = 1

    def values(self, facet: str) -> tuple[str, ...]:
        return self.chosen.get(facet, ())

    @property
    def order(self) -> str:
        """The order in use: with nothing to be close to, the latest first."""
        if self.sort and not (self.sort == "distance" and not (self.place and self.place.is_point)):
            return self.sort
        return "pertinence" if self.text else "date"

    def without(self, facet: str, value: str) -> "Criteria":
        """The same, one value less; `pres` takes the place away."""
        if facet == "pres":
            return replace(self, place=None, page=1)
        kept = tuple(each for each in self.values(facet) if each != value)
        return replace(self, chosen={**self.chosen, facet: kept}, page=1)

    def pairs(self) -> list[tuple[str, str]]:
        """As the parameters of an address, in a fixed order; the page is left out."""
        listed = [("q", self.text)] if self.text else []
        listed += [(facet, value) for facet in FACETS for value in sorted(self.values(facet))]
        if self.place:
            listed.append(("pres", self.place.value))
            if self.place.is_point:
                listed.append(("km", f"{self.place.km:g}"))
        if self.sort:
            listed.append(("tri", self.sort))
        return listed

    def address(self) -> str:
        """What follows the path: empty, or `?` and the parameters."""
        pairs = self.pairs()
        return "?" + urlencode(pairs) if pairs else ""

    def query(self, *, size: int = PAGE_SIZE) -> Query:
        """The question to put to the engine."""
        return Query(
            text=self.text,
            kinds=self.values("kind"),
            goals=tuple(int(number) for number in self.values("goal")),
            themes=self.values("theme"),
            spheres=self.values("sphere"),
            regions=self.values("region"),
            departements=self.values("departement"),
            years=tuple(int(year) for year in self.values("year")),
            scopes=self.place.scopes if self.place else (),
            near=self.place.near if self.place else None,
            sort=_SORTS[self.order],
            page=self.page,
            size=size,
        )


@dataclass
class Asked:
    """What could be read, and what could not: messages by parameter."""

    criteria: Criteria = field(default_factory=Criteria)
    errors: dict[str, str] = field(default_factory=dict)
    text: str = ""
    """The words as typed, even too long: nothing typed is lost."""
    place_text: str = ""
    km: float | None = None
    candidates: list[Suggestion] = field(default_factory=list)


def read(parameters: QueryDict, names: Gazetteer) -> Asked:
    """Reads every parameter; those we do not know are left aside."""
    asked = Asked()
    asked.text = _clean(parameters.get("q", ""))
    text = _or_error(asked, "q", partial(_text, asked.text)) or ""
    chosen = {facet: _or_error(asked, facet, partial(_values, facet, parameters, names)) or () for facet in FACETS}
    sort = _or_error(asked, "tri", partial(_sort, parameters.get("tri", ""))) or ""
    page = _or_error(asked, "page", partial(_page, parameters.get("page", ""))) or 1
    asked.criteria = Criteria(text, chosen, _place(asked, parameters), sort, page)
    return asked


def _or_error(asked: Asked, name: str, act: Callable[[], T]) -> T | None:
    try:
        return act()
    except ValueError as error:
        asked.errors[name] = str(error)
        return None


def _clean(text: str) -> str:
    return squeeze(without_controls(text))


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise ValueError(
            _("Votre recherche fait %(length)d caractères : nous en lisons %(limit)d au plus. Gardez l’essentiel.")
            % {"length": len(text), "limit": LONGEST_TEXT}
        )
    return text


def _values(facet: str, parameters: QueryDict, names: Gazetteer) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in parameters.getlist(facet) if value))
    if len(values) > MOST_VALUES:
        raise ValueError(_("%(facet)s : %(limit)d choix au plus.") % {"facet": FACETS[facet], "limit": MOST_VALUES})
    for value in values:
        if not (_is_year(value) if facet == "year" else value in known_values(facet, names)):
            raise ValueError(
                _("%(facet)s : nous ne connaissons pas « %(value)s ».")
                % {"facet": FACETS[facet], "value": _clean(value)[:40]}
            )
    return values


def _is_year(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) == 4 and 1800 <= int(value) <= 2100


def _sort(value: str) -> str:
    if value and value not in SORTS:
        raise ValueError(
            _("Ordre inconnu : « %(value)s ». Choisissez parmi %(known)s.")
            % {"value": _clean(value)[:40], "known": ", ".join(SORTS)}
        )
    return value


def _page(value: str) -> int:
    if not value:
        return 1
    if not (value.isascii() and value.isdigit() and len(value) <= 6 and int(value) >= 1):
        raise ValueError(_("Page « %s » : écrivez un nombre à partir de 1.") % _clean(value)[:40])
    return int(value)


def _km(value: str) -> float | None:
    value = value.strip()
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 4 and int(value) <= FARTHEST_KM):
        raise ValueError(
            _("Distance « %(value)s » : écrivez un nombre de kilomètres entre 0 et %(most)d.")
            % {"value": _clean(value)[:40], "most": FARTHEST_KM}
        )
    return int(value)


def _place(asked: Asked, parameters: QueryDict) -> Place | None:
    km = asked.km = _or_error(asked, "km", partial(_km, parameters.get("km", "")))
    asked.place_text = _clean(parameters.get("pres", ""))
    if not asked.place_text or "km" in asked.errors:
        return None
    try:
        if len(asked.place_text) > LONGEST:
            raise UnknownPlace(_("Ce nom de lieu est trop long."))
        return find_place(asked.place_text, km)
    except UnknownPlace as error:
        asked.errors["pres"] = str(error)
    except AmbiguousPlace as ambiguous:
        asked.errors["pres"] = str(ambiguous)
        asked.candidates = ambiguous.candidates
    return None
