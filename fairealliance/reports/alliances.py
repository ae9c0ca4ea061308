"""Who does what here, and what is missing: counted in the search index, like the pages the counts lead to."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.goals.vocabulary import GOALS, THEMES
from fairealliance.lib.text_fr import typeset
from fairealliance.organisations.enums import Sphere
from fairealliance.reports.report import Alliances, Case, Count, Theme
from fairealliance.search import engine
from fairealliance.search.explore.criteria import Criteria
from fairealliance.search.explore.places import in_territory
from fairealliance.search.query import Hit, Query, Results, State
from fairealliance.sheets.helpers import about_alliances, helpers
from fairealliance.sheets.place import locate
from fairealliance.territories.comparable import Neighbour
from fairealliance.territories.models import Territory

_FRANCE = "pays:FR"
_SUPPORT = ("alliances",)
NOT_COUNTED = Alliances(False, [], [], [], [], [], [], [], (), 0)
_PER = 100_000
_CASES, _THEMES, _GAPS, _HELPERS = 5, 8, 6, 6
# A subject is a gap when at least this many cases treat it among comparable territories, and none here.
_PLENTY = 2
ACTING = gettext_lazy(
    "Fiches d’ici où chaque sphère agit, exemples compris : qui est cité dans un exemple compte, même sans fiche à soi."
)


def alliances(
    territory: Territory, alike: Sequence[Neighbour], country: Territory | None, wider: Territory | None
) -> Alliances:
    """One query, for those who can help; the rest the index answers, or says that it cannot.

    What was invented to show the product is never counted. `wider`: the région, else the country.
    """
    here = _real(scopes=(territory.ref,), size=1)
    cases = _real(scopes=(territory.ref,), kinds=("practice",), sort="date", size=_CASES)
    support = _real(scopes=(territory.ref,), kinds=("organisation",), themes=_SUPPORT, size=1)
    others = _among(alike)
    everywhere = _real(scopes=(_FRANCE,), size=1)
    supported = _real(scopes=(_FRANCE,), kinds=("organisation",), themes=_SUPPORT, size=1)
    around = _real(scopes=(wider.ref,), kinds=("practice",), size=1) if wider else others
    all_here = engine.find(Query(scopes=(territory.ref,), size=1, with_facets=False))
    people, is_ready = helpers(about_alliances(), locate(territory), _HELPERS)
    answers = (here, cases, support, others, everywhere, supported, around, all_here)
    if not is_ready or any(each.state != State.READY for each in answers):
        return NOT_COUNTED
    themes, there = cases.facets.get("theme", {}), others.facets.get("theme", {})
    # What nobody does in the whole région (the sea, far inland) is no gap of one of its départements.
    possible = {slug: count for slug, count in there.items() if around.facets.get("theme", {}).get(slug)}
    found = {**here.facets.get("kind", {}), "support": support.total}
    france = {**everywhere.facets.get("kind", {}), "support": supported.total}
    return Alliances(
        is_ready=True,
        counts=_counts(territory, country, found, france),
        spheres=_spheres(here),
        themes=_themes(territory, themes, there),
        gaps=_gaps(themes, possible),
        silent=_silent(cases),
        cases=[_case(hit) for hit in cases.hits],
        elsewhere=_elsewhere(others, themes),
        helpers=people,
        invented=all_here.total - here.total,
    )


def _real(**asked: Any) -> Results:
    return engine.find(Query(real_only=True, **asked))


def _among(alike: Sequence[Neighbour]) -> Results:
    if not alike:
        return Results()
    scopes = tuple(each.territory_ref for each in alike)
    return _real(scopes=scopes, kinds=("practice",), sort="date", size=40)


def _counts(
    territory: Territory, country: Territory | None, here: Mapping[str, int], france: Mapping[str, int]
) -> list[Count]:
    rows: list[tuple[str, str, dict[str, tuple[str, ...]]]] = [
        ("practice", _("exemples de coopération"), {"kind": ("practice",)}),
        ("organisation", _("organisations qui ont leur fiche"), {"kind": ("organisation",)}),
        ("support", _("dont l’appui aux alliances est le métier"), {"kind": ("organisation",), "theme": _SUPPORT}),
        ("resource", _("outils, méthodes et études"), {"kind": ("resource",)}),
    ]
    return [
        Count(
            label=label,
            number=here.get(kind, 0),
            rate=_rate(here.get(kind, 0), territory),
            france=_rate(france.get(kind, 0), country),
            href=_address(territory, **chosen),
        )
        for kind, label, chosen in rows
        if kind != "resource" or here.get(kind)
    ]


def _rate(number: int, territory: Territory | None) -> float | None:
    if territory is None or not territory.population:
        return None
    return number / territory.population * _PER


def _spheres(kinds: Results) -> list[tuple[str, str, int]]:
    """Every sphere, those of which nobody is known included: an absence is what a dialogue starts from."""
    counts = kinds.facets.get("sphere", {})
    return [(sphere.value, capfirst(str(sphere.label)), counts.get(sphere.value, 0)) for sphere in Sphere]


def _themes(territory: Territory, here: Mapping[str, int], there: Mapping[str, int]) -> list[Theme]:
    ordered = sorted(here, key=lambda slug: (-here[slug], slug))[:_THEMES]
    return [
        Theme(THEMES[slug].name, here[slug], there.get(slug, 0), _address(territory, kind=("practice",), theme=(slug,)))
        for slug in ordered
        if slug in THEMES
    ]


def _gaps(here: Mapping[str, int], there: Mapping[str, int]) -> list[Theme]:
    """Subjects that comparable territories treat and this one does not, as far as we know."""
    missing = [slug for slug in there if there[slug] >= _PLENTY and not here.get(slug) and slug in THEMES]
    ordered = sorted(missing, key=lambda slug: (-there[slug], slug))[:_GAPS]
    address = reverse("search:explore")
    return [
        Theme(
            THEMES[slug].name,
            0,
            there[slug],
            address + Criteria(chosen={"kind": ("practice",), "theme": (slug,)}).address(),
        )
        for slug in ordered
    ]


def _silent(cases: Results) -> list[str]:
    """Goals that no case known here serves."""
    counts = cases.facets.get("goal", {})
    if not counts:
        return []
    return [f"{number}. {goal.short}" for number, goal in GOALS.items() if not counts.get(str(number))]


def _elsewhere(others: Results, here: Mapping[str, int]) -> list[Case]:
    """Cases of comparable territories on what nobody treats here; else their latest."""
    new = [hit for hit in others.hits if not any(here.get(theme) for theme in hit.themes)]
    rest = [hit for hit in others.hits if hit not in new]
    return [_case(hit) for hit in (new + rest)[:_CASES]]


def _case(hit: Hit) -> Case:
    return Case(typeset(hit.title), hit.url, hit.territory, hit.year, hit.source)


def _address(territory: Territory, **chosen: tuple[str, ...]) -> str:
    criteria = Criteria(chosen=dict(chosen), place=in_territory(territory, 0))
    return reverse("search:explore") + criteria.address()
