"""The map of all EPCI: what the page weighs and how long the server takes, beside what one would do first.

The country is ours (reference geography); contours and figures are invented, since none come with the product: a
hull of each EPCI's communes, as crooked as real borders are. Alternatives, on the same contours and figures: an
Altair geoshape drawn on the server to SVG, and the GeoJSON put in the page for a script to draw (script not counted).
"""

import gzip
import json
import math
import random
import statistics
import sys
import time
from collections.abc import Callable

import altair
import vl_convert
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import scene
from fairealliance.accounts.actors import SYSTEM
from fairealliance.atlas.actions import save_contours
from fairealliance.atlas.geojson import Feature
from fairealliance.provenance.models import Source
from fairealliance.territories.actions import save_indicator, save_values
from fairealliance.territories.models import Membership, Territory

GOAL_BYTES = 300_000
ROUNDS = 20
ADDRESS = "/observatoire/territoires/taux-essai/?niveau=epci"


def main() -> int:
    print(f"state folder: {scene.HOME}")
    call_command("migrate", verbosity=0)
    call_command("load_territories", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    dice = random.Random(3)
    epcis, features, figures = _country(dice)
    started = time.perf_counter()
    drawn = save_contours(by=SYSTEM, level="epci", source={"label": "Contours inventés"}, features=features)
    print(f"{drawn.created} contours of {_points(features):.0f} points kept in {time.perf_counter() - started:.1f} s")
    ours, queries = _page()
    others = {
        "Altair, drawn on the server": _altair(features, figures),
        "GeoJSON in the page": _inline(features, figures),
    }
    style = _weight(Client(SERVER_NAME="127.0.0.1").get(_style()).content)
    _say("the page", ours)
    print(f"{'':34}and {style / 1000:.0f} kB of stylesheet on the first visit; {queries} queries")
    for name, other in others.items():
        _say(name, other)
    total = ours[0] + style
    print(f"transferred: {total / 1000:.0f} kB gzipped, of {len(epcis)} EPCI (at most {GOAL_BYTES // 1000} kB wanted)")
    return 0 if total <= GOAL_BYTES else 1


Figures = dict[str, float]
Measure = tuple[int, float]


def _country(dice: random.Random) -> tuple[list[Territory], list[Feature], Figures]:
    epcis = list(Territory.objects.filter(level="epci").order_by("code"))
    places: dict[int, list[tuple[float, float]]] = {}
    pairs = Membership.objects.filter(parent__level="epci", child__level="commune", child__latitude__isnull=False)
    for pk, lon, lat in pairs.values_list("parent_id", "child__longitude", "child__latitude"):
        places.setdefault(pk, []).append((lon, lat))
    features = [Feature(epci.code, [_ring(places[epci.pk], dice)]) for epci in epcis if places.get(epci.pk)]
    source = Source.objects.create(slug="bench", label="Figures of the bench")
    rate, _outcome = save_indicator(
        by=SYSTEM, slug="taux-essai", label="Taux d’essai", unit="%", theme="essai", source=source, vintage="2021",
        decimals=1,
    )  # fmt: skip
    figures = {epci.code: round(dice.gauss(15, 5), 1) for epci in epcis}
    save_values(by=SYSTEM, indicator=rate, rows=[(epci.pk, "known", figures[epci.code], "") for epci in epcis])
    return epcis, features, figures


def _ring(places: list[tuple[float, float]], dice: random.Random) -> list[list[float]]:
    """About eighty points around the communes, two kilometres out, as uneven as a border."""
    x = statistics.fmean(lon for lon, _lat in places)
    y = statistics.fmean(lat for _lon, lat in places)
    ring = []
    for step in range(80):
        angle = 2 * math.pi * step / 80
        reach = max((lon - x) * math.cos(angle) + (lat - y) * math.sin(angle) for lon, lat in places)
        reach = max(reach, 0.02) + 0.02 + dice.uniform(-0.008, 0.008)
        ring.append([round(x + reach * math.cos(angle), 5), round(y + reach * math.sin(angle), 5)])
    return [*ring, ring[0]]


def _points(features: list[Feature]) -> float:
    return statistics.fmean(len(feature.rings[0]) for feature in features)


def _page() -> tuple[Measure, int]:
    client = Client(SERVER_NAME="127.0.0.1")
    for _ in range(2):
        answer = client.get(ADDRESS)
    if answer.status_code != 200 or answer.content.count(b"<title>") < 1_000:
        raise SystemExit(f"no map at {ADDRESS}: {answer.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(ADDRESS)
    queries = len(captured)  # the next request empties the log
    return (_weight(answer.content), _p95(lambda: client.get(ADDRESS))), queries


def _altair(features: list[Feature], figures: Figures) -> Measure:
    spec = (
        altair.Chart(altair.Data(values=_geojson(features, figures, 5)["features"]))
        .mark_geoshape(stroke="white")
        .encode(altair.Color("properties.value:Q", scale=altair.Scale(type="quantile")))
        .project("conicEqualArea", parallels=[44, 49])
        .to_json(indent=None)
    )
    return _weight(vl_convert.vegalite_to_svg(spec).encode()), _p95(lambda: vl_convert.vegalite_to_svg(spec), 4)


def _inline(features: list[Feature], figures: Figures) -> Measure:
    held = _geojson(features, figures, 3)

    def make() -> bytes:
        return json.dumps(held, separators=(",", ":")).encode()

    return _weight(make()), _p95(make)


def _geojson(features: list[Feature], figures: Figures, decimals: int) -> dict:
    names = dict(Territory.objects.filter(level="epci").values_list("code", "name"))
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": each.code, "name": names[each.code], "value": figures[each.code]},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[round(x, decimals), round(y, decimals)] for x, y in ring] for ring in each.rings],
                },
            }
            for each in features
        ],
    }


def _style() -> str:
    page = Client(SERVER_NAME="127.0.0.1").get(ADDRESS).content.decode()
    return "/design/style-" + page.split("/design/style-")[1].split('"')[0]


def _weight(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def _p95(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        act()
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times)[int(len(times) * 0.95) - 1]


def _say(name: str, measure: Measure) -> None:
    print(f"{name:34}{measure[0] / 1000:>7.0f} kB gzipped{measure[1]:>9.1f} ms p95")


if __name__ == "__main__":
    sys.exit(main())
