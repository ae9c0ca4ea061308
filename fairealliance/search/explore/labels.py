"""The words for every value a search can be narrowed by."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairealliance.design.spheres import LOOKS
from fairealliance.goals.vocabulary import GOALS, THEMES
from fairealliance.territories.editions import PerEdition
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory

KINDS: dict[str, Promise] = {
    "practice": _("Pratiques"),
    "organisation": _("Organisations"),
    "resource": _("Ressources"),
    "territory": _("Territoires"),
}
SORTS: dict[str, Promise] = {
    "pertinence": _("les plus proches de vos mots"),
    "date": _("les plus récents"),
    "titre": _("ordre alphabétique"),
    "distance": _("les plus proches du lieu"),
}
FACETS: dict[str, Promise] = {
    "kind": _("Quoi"),
    "goal": _("Objectif (ODD)"),
    "theme": _("Thème"),
    "sphere": _("Type d’acteur"),
    "region": _("Région"),
    "departement": _("Département"),
    "year": _("Année"),
}
_THEMES = {slug: theme.name for slug, theme in THEMES.items()}
_GOALS = {str(number): f"{number}. {goal.short}" for number, goal in GOALS.items()}
_DEPTH = {Level.REGION: "region", Level.DEPARTEMENT: "departement"}


@dataclass(frozen=True, slots=True)
class City:
    """A large town, to find one's way on a map."""

    name: str
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names of régions and départements by code, and the towns every map can name."""

    names: Mapping[str, Mapping[str, str]]
    cities: tuple[City, ...]


def _build() -> Gazetteer:
    rows = Territory.objects.filter(level__in=_DEPTH).order_by("code").values_list("level", "code", "name")
    names: dict[str, dict[str, str]] = {"region": {}, "departement": {}}
    for level, code, name in rows:
        names[_DEPTH[Level(level)]][code] = name
    towns = Territory.objects.filter(level=Level.COMMUNE, latitude__isnull=False, population__gte=20_000)
    cities = towns.order_by("-population", "code").values_list("name", "latitude", "longitude", "population")
    return Gazetteer(names, tuple(City(*row) for row in cities))  # type: ignore[arg-type]  # filtered: not null


_gazetteer = PerEdition(_build, "reference")


def gazetteer() -> Gazetteer:
    """Kept in memory until the geography changes. One short query."""
    return _gazetteer.get()


def known_values(facet: str, names: Gazetteer) -> Mapping[str, object]:
    """Every value a facet can take, with its words. Years are not listed."""
    known: dict[str, Mapping[str, object]] = {"kind": KINDS, "goal": _GOALS, "theme": _THEMES, "sphere": LOOKS}
    return known[facet] if facet in known else names.names[facet]


def label(facet: str, value: str, names: Gazetteer) -> str:
    """`goal`, `4` → `4. Éducation de qualité`. A value without words is shown as it is."""
    if facet == "year":
        return value
    if facet == "sphere":
        return str(LOOKS[value].label) if value in LOOKS else value
    found = known_values(facet, names).get(value)
    if found is None:
        return value
    return f"{found} ({value})" if facet == "departement" else str(found)
