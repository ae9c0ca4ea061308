"""The coverage matrix as a page, a map and a file: what is covered, and what is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.lib import geo
from fairealliance.lib.tabular.writing import Cell, csv_file
from fairealliance.network.coverage import BLANK, LEVELS, PART, WHOLE, Coverage, Line, matrix
from fairealliance.network.words import SECTORS
from fairealliance.provenance.pages import trail_to
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory
from fairealliance.territories.stipple import background


@dataclass(frozen=True, slots=True)
class Asked:
    """`niveau`, `region` (its code), `secteur`; what is not understood is left out."""

    level: Level
    region: Territory | None
    sector: str

    @classmethod
    def of(cls, sent: QueryDict) -> "Asked":
        level, code, sector = sent.get("niveau", ""), sent.get("region", "")[:12], sent.get("secteur", "")
        known = Territory.objects.filter(level=Level.REGION, code=code) if code.isalnum() else Territory.objects.none()
        return cls(
            Level(level) if level in LEVELS else Level.DEPARTEMENT,
            known.first(),
            sector if sector in SECTORS else "",
        )

    @property
    def query(self) -> str:
        said = {"niveau": self.level.value if self.level != Level.DEPARTEMENT else "", "secteur": self.sector}
        said["region"] = self.region.code if self.region else ""
        return urlencode({name: value for name, value in said.items() if value})


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    asked = Asked.of(request.GET)
    found = matrix(asked.level, region=asked.region, sector=asked.sector)
    context = {
        "asked": asked,
        "coverage": found,
        "names": [SECTORS[slug] for slug in found.sectors],
        "levels": [(level.value, level.label) for level in LEVELS],
        "regions": list(Territory.objects.filter(level=Level.REGION).order_by("slug", "name")),
        "sectors": list(SECTORS.items()),
        "spots": _spots(found),
        "background": background(),
        "trail": trail_to((_("Catalyseurs"), "/catalyseurs/"), (_("Couverture"), "")),
    }
    return render(request, "network/coverage.html", context)


@dataclass(frozen=True, slots=True)
class Spot:
    """A territory on the drawing."""

    x: float
    y: float
    state: str
    label: str


def _spots(found: Coverage) -> list[Spot]:
    """Those whose place is known, and falls on the drawing."""
    placed = [(line, line.territory.latitude, line.territory.longitude) for line in found.lines]
    return [
        Spot(round(at[0], 1), round(at[1], 1), line.state, f"{line.territory.name} : {_told(line)}")
        for line, latitude, longitude in placed
        if latitude is not None and longitude is not None and (at := geo.project(latitude, longitude))
    ]


def _told(line: Line) -> str:
    words = {WHOLE: _("tout est couvert"), PART: _("couvert en partie"), BLANK: _("personne")}
    return words[line.state]


@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """One line per territory and sector."""
    asked = Asked.of(request.GET)
    rows: list[Sequence[Cell]] = [
        [
            *(_("niveau"), _("code"), _("territoire"), _("secteur"), _("état")),
            *(_("catalyseurs sur tout le territoire"), _("catalyseurs sur une partie"), _("demandes sans personne")),
        ]
    ]
    states = {WHOLE: _("couvert"), PART: _("en partie"), BLANK: _("personne")}
    for line in matrix(asked.level, region=asked.region, sector=asked.sector).lines:
        place = line.territory
        for cell in line.cells:
            told = (place.level, place.code, place.name, cell.name, states[cell.state])
            rows.append([*told, cell.whole, cell.part, cell.asked])
    return csv_file("couverture", rows)
