"""Reads the compiled territories (data/territories.jsonl.xz), one record at a time.

The format is described in data/README.md. Every function opens the file anew and holds one line in
memory. Knows neither Django nor the database.
"""

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

DATA_FILE = Path(__file__).parent / "data" / "territories.jsonl.xz"
FORMAT = 1

# Order of the levels in the file: a territory's parents always come before it.
LEVELS = (
    "pays",
    "region",
    "departement",
    "epci",
    "ept",
    "commune",
    "commune-deleguee",
    "commune-associee",
    "arrondissement-municipal",
)


class BadDataFileError(ValueError):
    """The compiled file is missing, cut short or of another format."""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """Where the data comes from; `version` is the package's, `licence` the words to show."""

    name: str
    version: str
    licence: str
    url: str


@dataclass(frozen=True, slots=True)
class Header:
    """`reference_date` is the day whose map of territories this is; `counts` is for checks."""

    reference_date: date
    sources: tuple[SourceRecord, ...]
    counts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DistrictRecord:
    """An arrondissement of a département (not a territory of ours); `seat` is a commune's code."""

    code: str
    name: str
    article: int
    departement: str
    seat: str


@dataclass(frozen=True, slots=True)
class FormerRecord:
    """A former code or name (both, mostly) that leads to today's `territory` (its ref).

    `level` is that of the code: "commune" or "region". `name` is "" when only the code is known.
    `kind`: merged, recoded, renamed, delegated, associated, region.
    """

    code: str
    name: str
    level: str
    territory: str
    kind: str


@dataclass(frozen=True, slots=True)
class TerritoryRecord:
    """One territory; "" and None mean not known or not applicable."""

    level: str
    code: str
    name: str
    article: int | None
    zone: str  # metro, drom, com; "" for the country
    kind: str  # EPCI: CC, CA, CU, METRO, MET69; EPT
    siren: str
    postal_codes: tuple[str, ...]
    seat: str  # code of the commune that is the chef-lieu
    district: str  # code of the arrondissement
    population: int | None
    population_year: int | None
    latitude: float | None
    longitude: float | None
    precision: str  # town, approximate, unknown
    parents: tuple[str, ...]  # refs of all it belongs to, up to pays:FR
    formers: tuple[FormerRecord, ...]

    @property
    def ref(self) -> str:
        return f"{self.level}:{self.code}"


def read_header(path: Path = DATA_FILE) -> Header:
    """Raises BadDataFileError when the file cannot be read."""
    for row in _rows(path):
        sources = tuple(
            SourceRecord(source["name"], source["version"], source["licence"], source["url"])
            for source in row["sources"]
        )
        return Header(date.fromisoformat(row["reference_date"]), sources, row["counts"])
    raise BadDataFileError(f"Le fichier des territoires est vide : {path.name}.")


def territories(path: Path = DATA_FILE) -> Iterator[TerritoryRecord]:
    """Every territory, parents before children. Raises BadDataFileError when the file cannot be read."""
    for row in _rows(path):
        if row["record"] == "territory":
            yield _territory(row)


def districts(path: Path = DATA_FILE) -> Iterator[DistrictRecord]:
    for row in _rows(path):
        if row["record"] == "district":
            yield DistrictRecord(row["code"], row["name"], row["article"], row["departement"], row["seat"])
        elif row["record"] == "territory":
            return


def memberships(path: Path = DATA_FILE) -> Iterator[tuple[str, str]]:
    """(child ref, parent ref) for every level above: already the transitive closure."""
    for record in territories(path):
        for parent in record.parents:
            yield record.ref, parent


def formers(path: Path = DATA_FILE) -> Iterator[FormerRecord]:
    for record in territories(path):
        yield from record.formers


def _territory(row: dict[str, Any]) -> TerritoryRecord:
    level, ref = row["level"], f"{row['level']}:{row['code']}"
    return TerritoryRecord(
        level=level,
        code=row["code"],
        name=row["name"],
        article=row.get("article"),
        zone=row.get("zone", ""),
        kind=row.get("kind", ""),
        siren=row.get("siren", ""),
        postal_codes=tuple(row.get("postal_codes", ())),
        seat=row.get("seat", ""),
        district=row.get("district", ""),
        population=row.get("population"),
        population_year=row.get("population_year"),
        latitude=row.get("lat"),
        longitude=row.get("lon"),
        precision=row["precision"],
        parents=tuple(row.get("parents", ())),
        formers=tuple(
            FormerRecord(former["code"], former.get("name", ""), level, ref, former["kind"])
            for former in row.get("formers", ())
        ),
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """Lines of the file, after checking that the first is a header of our format."""
    try:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                row: dict[str, Any] = json.loads(line)
                if number == 0 and (row.get("record") != "header" or row.get("format") != FORMAT):
                    raise BadDataFileError(f"Format inattendu du fichier des territoires : {path.name}.")
                yield row
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadDataFileError(f"Le fichier des territoires est illisible : {path.name}.") from error
