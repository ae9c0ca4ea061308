"""Whatever the cells hold, an import ends, and every row read is accounted for."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairealliance.accounts.actors import SYSTEM
from fairealliance.federation.actions import import_file
from fairealliance.federation.mapping import Mapping, kinds
from fairealliance.lib.tabular import Unreadable

# What people type, and what breaks parsers.
NASTY = st.one_of(
    st.sampled_from(
        [
            "42218",
            "1004",
            "42999",
            "NULL",
            "0",
            "-1",
            "1e999",
            "NaN",
            "Infinity",
            "²",
            "１２",
            "9999999999999",
            "21",
            "667,00",
            "€",
            "2023",
            "0001-01-01",
            "99/99/9999",
            "W751085568",
            "214202186",
            "21420218600018",
            "commune:42218",
            "pays:FR",
            "|",
            ";",
            "a;b;c;d;e;f",
            "4|8",
            "4.1",
            "eau",
            "demo",
            "true",
            "O",
            "A",
            "s",
            "nd",
            "http://[",
            "https://exemple.fr",
            "javascript:alert(1)",
            "a@b.fr",
            "=1+1",
            "\\x00\\ud800",
            "<b>",
            "';",
            "😀",
            "\u202e",
        ]
    ),
    st.sampled_from(["mot " * 400, "x" * 400 + "@exemple.fr", "https://exemple.fr/" + "x" * 450, "42218|" * 50]),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30),
)


def written(mapping: Mapping, rows: list[list[str]]) -> bytes:
    columns = [name for name in (*mapping.columns, *mapping.options.get("signature", [])) if name]
    columns = list(dict.fromkeys(columns))
    full = [(row * len(columns))[: len(columns)] for row in rows]
    if mapping.layout.format == "csv":
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL).writerows([columns, *full])
        return buffer.getvalue().encode()
    records = [_nested(dict(zip(columns, row, strict=True))) for row in full]
    listed = {mapping.layout.records: records} if mapping.layout.records else records
    return json.dumps(listed).encode()


def _nested(flat: dict[str, str]) -> dict[str, object]:
    record: dict[str, object] = {}
    for name, value in flat.items():
        *path, last = name.split(".")
        inner = record
        for step in path:
            inner = inner.setdefault(step, {})  # type: ignore[assignment]
        inner[last] = value
    return record


@pytest.mark.parametrize("kind", list(kinds()))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=st.lists(st.lists(NASTY, min_size=1, max_size=30), min_size=1, max_size=5))
def test_any_cells_give_counts_that_add_up(world, tmp_path: Path, kind: str, rows: list[list[str]]):
    path = tmp_path / "f.data"
    path.write_bytes(written(kinds()[kind], rows))
    try:
        tally = import_file(by=SYSTEM, kind=kind, path=path).tally
    except Unreadable:
        return  # so many control signs that it is not a text
    assert tally.read == len(rows)
    if kinds()[kind].target not in ("figures", "movements", "coordinates"):
        told = tally.created + tally.updated + tally.unchanged + tally.rejected + tally.duplicates + tally.grouped
        assert told == tally.read
