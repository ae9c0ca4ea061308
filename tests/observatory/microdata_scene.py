"""Invented respondents for the tests of weighted tables."""

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np

from fairealliance.observatory.microdata.codebook import Codebook
from fairealliance.observatory.microdata.reading import open_microdata
from fairealliance.observatory.microdata.respondents import Asked, read_respondents
from fairealliance.observatory.microdata.tables import Tables, compute

Rows = list[dict[str, Any]]


def invented(count: int = 900, seed: int = 3) -> Rows:
    """Actors, regions, strata, units, a weight, a question some do not answer, one with a rare answer."""
    rng = np.random.default_rng(seed)
    return [
        {
            "poids": round(float(rng.gamma(4, 0.25)) + 0.01, 6),
            "acteur": str(rng.choice(["maire", "association", "entreprise"], p=[0.5, 0.44, 0.06])),
            "region": str(rng.choice(["11", "24", "53"])),
            "strate": f"s{place % 4}",
            "unite": f"u{place // 30}",
            "Q1": str(rng.choice(["1", "2", "3", ""], p=[0.6, 0.28, 0.05, 0.07])),
            "Q2": str(rng.choice(["oui", "non"], p=[0.985, 0.015])),
        }
        for place in range(count)
    ]


def written(path: Path, rows: Rows, separator: str = ";", encoding: str = "utf-8", comma: bool = False) -> Path:
    """A CSV; with `comma`, decimals as the French write them."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow(
            [str(cell).replace(".", ",") if comma and isinstance(cell, float) else cell for cell in row.values()]
        )
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def tabled(path: Path, *questions: str, by: tuple[str, ...] = (), threshold: int = 5, **asked: Any) -> Tables:
    """From a file to its tables."""
    codebook = asked.pop("codebook", Codebook())
    wanted = Asked(weight="poids", questions=questions, by=by, **asked)
    return compute(read_respondents(open_microdata(path), codebook, wanted), threshold)
