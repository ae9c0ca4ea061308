"""Autocomplete and comparable territories on the whole of France, each beside what the database alone would do.

Autocomplete: what people type, letter by letter, with and without accents, codes, one in ten with a typo; the
alternative is LIKE on the folded name, the populous first. Comparable territories: 12 figures on every
commune; the alternatives are the same distance in SQL on a table made for it, and in plain Python.
"""

import random
import sqlite3
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management import call_command
from django.db import connection

from bench import scene
from fairealliance.accounts.actors import SYSTEM
from fairealliance.lib.text_fr import fold
from fairealliance.provenance.models import Source
from fairealliance.territories import autocomplete, comparable, slugs
from fairealliance.territories.actions import load_reference, save_indicator, save_values
from fairealliance.territories.enums import IndicatorKind, Level, State
from fairealliance.territories.models import Territory
from fairealliance.territories.warming import warm

QUESTIONS = 2000
ASKED = 300
COLUMNS = 12


def p95(durations: list[float]) -> float:
    """Milliseconds."""
    return sorted(durations)[int(len(durations) * 0.95)] * 1000


def timed(act: Callable[[Any], object], questions: Iterable[Any]) -> list[float]:
    durations = []
    for question in questions:
        started = time.perf_counter()
        act(question)
        durations.append(time.perf_counter() - started)
    return durations


def say(what: str, ours: float, others: dict[str, float], goal: float) -> None:
    verdict = "ok" if ours <= goal else "MISSED"
    print(f"{what}: p95 {ours:.2f} ms (goal {goal:.0f} ms: {verdict})")
    for name, other in others.items():
        print(f"    {name}: p95 {other:.2f} ms, {other / ours:.1f} × ours")


def typed(names: list[str], codes: list[str], dice: random.Random) -> list[str]:
    """What would reach the server while people type."""
    questions = []
    for _ in range(QUESTIONS):
        kind = dice.random()
        name = dice.choice(names)
        if kind < 0.1:
            questions.append(dice.choice(codes))
        elif kind < 0.2 and len(name) > 5:
            at = dice.randrange(2, len(name) - 1)
            questions.append(name[:at] + name[at + 1 :])
        else:
            text = name if dice.random() < 0.5 else fold(name)
            questions.append(text[: dice.randrange(2, len(text) + 1)])
    return questions


def like(question: str) -> None:
    """The database alone: no index can serve a word in the middle."""
    pattern = f"%{fold(question).replace(' ', '-')}%"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT level, code, name FROM territories_territory WHERE slug LIKE %s OR code LIKE %s"
            " ORDER BY population DESC LIMIT 10",
            [pattern, pattern],
        )
        cursor.fetchall()


def fill_figures(dice: random.Random) -> None:
    """Invented figures under the real slugs: only their number and their gaps matter here."""
    source = Source.objects.create(slug="bench", label="Chiffres de mesure", is_demo=True)
    communes = list(Territory.objects.filter(level=Level.COMMUNE).values_list("pk", flat=True))
    numbers = {slugs.MEDIAN_INCOME: (21_000, 3000, 0.1), slugs.POVERTY_RATE: (14, 5, 0.85)}
    for slug, (middle, spread, secret) in numbers.items():
        indicator, _made = save_indicator(by=SYSTEM, slug=slug, label=slug, theme="x", source=source, vintage="2021")
        rows = [
            (pk, State.SECRET, None, "")
            if dice.random() < secret
            else (pk, State.KNOWN, dice.gauss(middle, spread), "")
            for pk in communes
        ]
        save_values(by=SYSTEM, indicator=indicator, rows=rows)
    for slug, count in ((slugs.RURALITY, 9), (slugs.DENSITY, 7), (slugs.CENTRALITY, 5), (slugs.ZRR, 3)):
        indicator, _made = save_indicator(
            by=SYSTEM, slug=slug, label=slug, theme="x", source=source, vintage="2021", kind=IndicatorKind.CATEGORY
        )
        rows = [(pk, State.KNOWN, None, f"classe {dice.randrange(count)}") for pk in communes]
        save_values(by=SYSTEM, indicator=indicator, rows=rows)


def wide_table(dice: random.Random) -> tuple[sqlite3.Connection, list[tuple[float | None, ...]]]:
    """As many standardised columns as ours, a fifth unknown, in the table SQL would like best."""
    count = Territory.objects.filter(level=Level.COMMUNE).count()
    rows = [
        tuple(None if dice.random() < 0.2 else dice.gauss(0, 1) for _column in range(COLUMNS)) for _row in range(count)
    ]
    base = sqlite3.connect(":memory:")
    base.execute(f"CREATE TABLE wide (id INTEGER PRIMARY KEY, {', '.join(f'c{i} REAL' for i in range(COLUMNS))})")
    marks = ", ".join("?" * COLUMNS)
    names = ", ".join(f"c{i}" for i in range(COLUMNS))
    base.executemany(f"INSERT INTO wide ({names}) VALUES ({marks})", rows)
    return base, rows


def nearest_in_sql(base: sqlite3.Connection, row: tuple[float | None, ...]) -> None:
    gaps = " + ".join(f"coalesce((c{i} - ?{i + 1}) * (c{i} - ?{i + 1}), 0.5)" for i in range(COLUMNS))
    base.execute(f"SELECT id FROM wide ORDER BY {gaps} LIMIT 10", row).fetchall()


def nearest_in_python(rows: list[tuple[float | None, ...]], row: tuple[float | None, ...]) -> None:
    def distance(other: tuple[float | None, ...]) -> float:
        return sum(0.5 if a is None or b is None else (a - b) * (a - b) for a, b in zip(row, other, strict=True))

    sorted(rows, key=distance)[:10]


def main() -> None:
    dice = random.Random(17)
    print(f"on {scene.HOME}")
    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    load_reference(by=SYSTEM)
    print(f"load of the reference geography: {time.perf_counter() - started:.1f} s (goal 15 s)")
    started = time.perf_counter()
    fill_figures(dice)
    seconds = time.perf_counter() - started
    print(f"figures: 6 × 34,969 values written in {seconds:.1f} s ({6 * 34_969 / seconds:,.0f} a second)")
    started = time.process_time()
    warm()
    print(f"tables in memory: {time.process_time() - started:.1f} s of processor")

    names = list(Territory.objects.filter(level__in=(Level.COMMUNE, Level.EPCI)).values_list("name", flat=True))
    codes = list(Territory.objects.filter(level=Level.COMMUNE).values_list("code", flat=True))
    questions = typed(names, codes, dice)
    ours = timed(autocomplete.suggest, questions)
    say("commune autocomplete", p95(ours), {"SQL LIKE": p95(timed(like, questions[:ASKED]))}, 5)

    communes = list(Territory.objects.filter(level=Level.COMMUNE))
    asked = dice.sample(communes, ASKED)
    ours = timed(comparable.nearest, asked)
    base, rows = wide_table(dice)
    others = {
        "SQL": p95(timed(lambda row: nearest_in_sql(base, row), dice.sample(rows, 40))),
        "plain Python": p95(timed(lambda row: nearest_in_python(rows, row), dice.sample(rows, 20))),
    }
    say("comparable territories", p95(ours), others, 5)


if __name__ == "__main__":
    main()
