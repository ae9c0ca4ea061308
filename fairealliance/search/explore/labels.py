"""The words for every value a search can be narrowed by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairealliance.design.spheres import LOOKS
from fairealliance.goals.vocabulary import GOALS, THEMES
from fairealliance.lib import geo
from fairealliance.territories.editions import PerEdition
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory

KINDS: dict[str, Promise] = {
    "practice": _("Exemples"),
    "organisation": _("Organisations"),
    "resource": _("Ressources"),
    "need": _("Besoins"),
    "offer": _("Offres"),
    "catalyst": _("Catalyseurs"),
    "territory": _("Territoires"),
    "study": _("Études de l’observatoire"),
    "measure": _("Mesures de la feuille de route"),
    "article": _("Articles et rendez-vous"),
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
    "sphere": _("Sphère"),
    "region": _("Région"),
    "departement": _("Département"),
    "year": _("Année"),
}
_THEMES = {slug: theme.name for slug, theme in THEMES.items()}
_GOALS = {str(number): f"{number}. {goal.short}" for number, goal in GOALS.items()}
_CITY = 20_000
_DEPTH = {Level.REGION: "region", Level.DEPARTEMENT: "departement"}


@dataclass(frozen=True, slots=True)
class City:
    """A large town, to find one's way on a map; its place is that of `lib.geo`'s drawing."""

    name: str
    x: float
    y: float


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
    return Gazetteer(names, tuple(_cities()))


def _cities() -> Iterator[City]:
    """The largest first."""
    towns = Territory.objects.filter(level=Level.COMMUNE, latitude__isnull=False, population__gte=_CITY)
    rows = towns.order_by("-population", "code").values_list("name", "latitude", "longitude")
    for name, latitude, longitude in rows:
        if spot := geo.project(latitude or 0.0, longitude or 0.0):
            yield City(name, spot[0], spot[1])


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
