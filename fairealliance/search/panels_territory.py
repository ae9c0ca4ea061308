"""What happens in a territory, on its portrait."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fairealliance.design.panels import Panel
from fairealliance.search import engine
from fairealliance.search.explore.criteria import Criteria
from fairealliance.search.explore.page import card_html, card_of
from fairealliance.search.explore.places import in_territory
from fairealliance.search.query import Query, State
from fairealliance.territories.models import Territory

SHOWN = 3
KINDS = ("practice", "organisation", "resource")


@dataclass(frozen=True, slots=True)
class Column:
    """One kind: how many there are, the latest, and the search for all."""

    kind: str
    title: str
    count: int
    cards: list[SafeString]
    href: str


def of_territory(request: HttpRequest, territory: Territory) -> Panel:
    """Practices, organisations and resources in it: one count, then the first few of each. No query."""
    address = reverse("search:explore")
    place = in_territory(territory, 0)
    counted = engine.find(Query(scopes=(territory.ref,), kinds=KINDS, size=1))
    counts = counted.facets.get("kind", {})
    columns = [_column(kind, counts.get(kind, 0), territory, address) for kind in KINDS if counts.get(kind)]
    context = {
        "territory": territory,
        "ready": counted.state == State.READY,
        "columns": columns,
        "address": address + Criteria(place=place).address(),
        "nearby": address + Criteria(place=in_territory(territory)).address() if place.is_point else "",
        "feed": reverse("search:feed") + Criteria(place=place).address(),
    }
    return Panel("search/panels/territory.html", context)


def _column(kind: str, count: int, territory: Territory, address: str) -> Column:
    found = engine.find(Query(scopes=(territory.ref,), kinds=(kind,), sort="date", size=SHOWN, with_facets=False))
    criteria = Criteria(chosen={"kind": (kind,)}, place=in_territory(territory, 0))
    titles = {
        "practice": _("Exemples"),
        "organisation": _("Organisations"),
        "resource": _("Outils et méthodes"),
    }
    cards = [card_html(card_of(hit), 4) for hit in found.hits]
    return Column(kind, titles[kind], count, cards, address + criteria.address())
