"""Finding the territory a file means, thousands of times a second: everything in memory.

For imports. `CodeBook.load()` takes a fraction of a second; keep it for the whole file.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from fairealliance.lib import bulk
from fairealliance.lib.text_fr import name_key
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Former, Membership, Territory

_LOST_ZERO = re.compile(r"\d{4}\Z")
_PARTS = {
    Level.DELEGATED: "delegated",
    Level.ASSOCIATED: "associated",
    Level.ARRONDISSEMENT: "arrondissement",
}
_ARTICLE = re.compile(r"(?:l|le|la|les|d|de|du|des) ")


class Found(NamedTuple):
    """A territory and how it was found.

    `how`: `exact`, `padded` (a lost leading zero was put back), `former` (a code no longer in use, led to
    today's), `delegated`, `associated` or `arrondissement` (part of today's commune), `name`.
    """

    territory_id: int
    how: str


class Place(NamedTuple):
    """What imports need to know of a territory."""

    ref: str
    name: str
    latitude: float | None
    longitude: float | None
    precision: str


@dataclass
class CodeBook:
    """Codes, names and scopes of every territory. Build with `CodeBook.load()`."""

    places: dict[int, Place] = field(default_factory=dict)
    _codes: dict[tuple[str, str], Found] = field(default_factory=dict)
    _former_names: list[tuple[int, str]] = field(default_factory=list)

    @classmethod
    def load(cls) -> "CodeBook":
        """Reads the tables once. Names and scopes are worked out when first asked for: few files need them."""
        book = cls()
        rows = bulk.select_all(Territory, ("id", "level", "code", "name", "latitude", "longitude", "precision"))
        for pk, level, code, *told in rows:
            book.places[pk] = Place(f"{level}:{code}", *told)
            book._codes[level, code] = Found(pk, "exact")
        book._load_parts()
        book._load_formers()
        return book

    def _load_parts(self) -> None:
        """A delegated commune's code means today's commune, unless it is a commune's own code."""
        rows = Membership.objects.filter(child__level__in=_PARTS, parent__level=Level.COMMUNE).order_by("pk")
        for level, code, parent in rows.values_list("child__level", "child__code", "parent_id"):
            self._codes.setdefault((Level.COMMUNE, code), Found(parent, _PARTS[Level(level)]))

    def _load_formers(self) -> None:
        for level, code, name, pk in bulk.select_all(Former, ("level", "code", "name", "territory_id")):
            self._codes.setdefault((level, code), Found(pk, "former"))
            if name and level == Level.COMMUNE:
                self._former_names.append((pk, name))

    @cached_property
    def _parents(self) -> dict[int, list[int]]:
        """Territory → all that contain it."""
        found: dict[int, list[int]] = defaultdict(list)
        for child, parent in bulk.select_all(Membership, ("child_id", "parent_id")):
            found[child].append(parent)
        return found

    @cached_property
    def _names(self) -> dict[tuple[str, str], set[int]]:
        """Département and name → communes of today, else those that a former name leads to."""
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        for pk, place in self.places.items():
            if place.ref.startswith("commune:"):
                key = name_key(place.name)
                bare = _ARTICLE.sub("", key, count=1) if _ARTICLE.match(key) else key
                for departement in self._departements(pk):
                    found[departement, key].add(pk)
                    found[departement, bare].add(pk)
        formers: dict[tuple[str, str], set[int]] = defaultdict(set)
        for pk, name in self._former_names:
            for departement in self._departements(pk):
                formers[departement, name_key(name)].add(pk)
        # A name in use today wins over the same name once in use elsewhere in the département.
        return {**formers, **found}

    def _departements(self, pk: int) -> list[str]:
        refs = (self.places[parent].ref for parent in self._parents.get(pk, ()))
        return [ref.removeprefix("departement:") for ref in refs if ref.startswith("departement:")]

    def find(self, code: str, level: str = Level.COMMUNE) -> Found | None:
        """Today's territory for a code as found in a file, or None.

        Former codes and those of delegated communes lead to today's commune; a lost leading zero is put back
        when only that makes it known. 75112 leads to Paris: `find_own` gives the arrondissement itself.
        """
        bare = code.strip().upper()
        found = self._codes.get((level, bare))
        if found is None and _LOST_ZERO.match(bare) and level == Level.COMMUNE:
            padded = self._codes.get((level, "0" + bare))
            return Found(padded.territory_id, "padded") if padded else None
        if found is None and level == Level.DEPARTEMENT and len(bare) == 1:
            padded = self._codes.get((level, "0" + bare))
            return Found(padded.territory_id, "padded") if padded else None
        return found

    def find_own(self, code: str) -> Found | None:
        """Like `find` for a commune's code, but a municipal arrondissement is itself: for figures."""
        own = self._codes.get((Level.ARRONDISSEMENT, code.strip().upper()))
        return own or self.find(code)

    def by_name(self, name: str, departement_code: str) -> Found | None:
        """The commune of that name (today's or old; case, accents, St/Ste, article ignored) in a département.

        None when there is none, or more than one.
        """
        departement = departement_code.strip().upper()
        if len(departement) == 1:
            departement = "0" + departement
        found: set[int] = self._names.get((departement, name_key(name)), set())
        return Found(next(iter(found)), "name") if len(found) == 1 else None

    def scopes(self, territory_id: int) -> list[str]:
        """Refs of the territory and of all that contain it, itself first."""
        return [self.places[pk].ref for pk in (territory_id, *self._parents.get(territory_id, ()))]

    def place(self, territory_id: int) -> Place:
        """Ref, name and point. KeyError when unknown."""
        return self.places[territory_id]
