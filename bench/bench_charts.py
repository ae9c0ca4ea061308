"""Charts as SVG: ours, drawn from plain data, beside the same chart by Vega-Lite (altair and vl-convert, no browser).

Figures to reach: p95 of 400 ms cold (drawn anew) and 5 ms from the cache. `BENCH_CHARTS` changes how many.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable

import altair
import vl_convert

from fairealliance.design.plots import Bar, Bars, Cut, Dot, Line, Lines, Plot, Point, Scatter, Words, png, svg

CHARTS = int(os.environ.get("BENCH_CHARTS", "40"))
COLD_MS, CACHED_MS = 400, 5
WORDS = Words("Ce que montre le graphique", "La phrase qui le dit.", source="Source : enquête")


def main() -> int:
    """Each kind with data of its own each time, so that nothing drawn before helps."""
    chance = random.Random(1)
    kinds: dict[str, tuple[Callable[[], Plot], Callable[[Plot], altair.Chart]]] = {
        "12 bars": (lambda: _bars(chance), _vega_bars),
        "3 lines, 8 waves": (lambda: _lines(chance), _vega_lines),
        "cloud of 1,255": (lambda: _cloud(chance), _vega_cloud),
    }
    reached = True
    print(f"{'p95, ms':18} {'cold':>8} {'cached':>8} {'PNG':>8} {'Vega-Lite':>10}")
    for name, (make, vega) in kinds.items():
        plots = [make() for _chart in range(CHARTS)]
        cold = _p95(lambda plot: svg(plot), plots)
        cached = _p95(lambda plot: svg(plot), plots)
        image = _p95(lambda plot: png(plot), plots[:10])
        vl_convert.vegalite_to_svg(vega(plots[0]).to_json())  # its engine starts once
        other = _p95(lambda plot, vega=vega: vl_convert.vegalite_to_svg(vega(plot).to_json()), plots[:15])
        print(f"{name:18} {cold:8.2f} {cached:8.3f} {image:8.1f} {other:10.1f}")
        reached = reached and cold <= COLD_MS and cached <= CACHED_MS
    print(f"goal: cold ≤ {COLD_MS} ms, cached ≤ {CACHED_MS} ms: {'reached' if reached else 'MISSED'}")
    return 0 if reached else 1


def _p95(act: Callable[[Plot], object], plots: list[Plot]) -> float:
    times = []
    for plot in plots:
        started = time.perf_counter()
        act(plot)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.quantiles(times, n=20)[-1]


def _bars(chance: random.Random) -> Plot:
    return Bars(WORDS, tuple(Bar(f"Réponse {n}", chance.uniform(0, 100)) for n in range(12)))


def _lines(chance: random.Random) -> Plot:
    def line(name: str) -> Line:
        years = range(2008, 2024, 2)
        return Line(name, tuple(Point(year, str(year), chance.uniform(30, 95), cut=year == 2016) for year in years))

    return Lines(WORDS, tuple(map(line, ("Citoyens", "Maires", "Dirigeants"))), (Cut(2015, 1),))


def _cloud(chance: random.Random) -> Plot:
    dots = (Dot(chance.gauss(20, 5), chance.gauss(22_000, 3_000), own=n == 7) for n in range(1_255))
    return Scatter(WORDS, tuple(dots), "Taux de pauvreté", "Niveau de vie", "%", "€")


def _vega_bars(plot: Plot) -> altair.Chart:
    assert isinstance(plot, Bars)
    rows = [{"answer": bar.label, "share": bar.value} for bar in plot.bars]
    return altair.Chart(altair.Data(values=rows)).mark_bar().encode(x="share:Q", y="answer:N")


def _vega_lines(plot: Plot) -> altair.Chart:
    assert isinstance(plot, Lines)
    rows = [{"who": line.name, "x": point.x, "share": point.value} for line in plot.lines for point in line.points]
    encoded = altair.Chart(altair.Data(values=rows)).mark_line(point=True)
    return encoded.encode(x="x:Q", y="share:Q", color="who:N", shape="who:N")


def _vega_cloud(plot: Plot) -> altair.Chart:
    assert isinstance(plot, Scatter)
    rows = [{"x": dot.x, "y": dot.y, "own": dot.own} for dot in plot.dots]
    return altair.Chart(altair.Data(values=rows)).mark_point().encode(x="x:Q", y="y:Q", color="own:N")


if __name__ == "__main__":
    sys.exit(main())
