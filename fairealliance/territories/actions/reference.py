"""Loading the compiled file: territories, memberships, former codes, populations. About five seconds."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import mark_changed, record
from fairealliance.lib.slugs import slug
from fairealliance.provenance.models import Source
from fairealliance.territories import data_file, slugs
from fairealliance.territories.actions.figures import Row, save_indicator, save_values
from fairealliance.territories.actions.succession import hand_over
from fairealliance.territories.actions.tally import Counts, renew_edition
from fairealliance.territories.data_file import DATA_FILE, FormerRecord, TerritoryRecord
from fairealliance.territories.enums import Level, Precision, State
from fairealliance.territories.models import Edition, Former, Membership, Territory

EDITION = "reference"
# Raise it when what this module makes of the same file changes.
_MAKING = "2"

_COLUMNS = (
    "level", "code", "name", "slug", "article", "nature", "siren", "postal_codes",
    "population", "population_year", "latitude", "longitude", "precision",
)  # fmt: skip
_POINT = ("latitude", "longitude", "precision")
_Fields = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. `fresh` is False when the file was already the one loaded."""

    fresh: bool
    territories: Counts = field(default_factory=Counts)
    memberships: int = 0
    formers: int = 0
    merged: int = 0
    kept: int = 0


def load_reference(*, by: Actor, path: Path = DATA_FILE, tell: Callable[[str], None] | None = None) -> Loaded:
    """Brings territories to what the compiled file says, in one transaction.

    Nothing is written when the file is the one already loaded. Exact coordinates imported since are kept.
    A territory the file no longer has hands over what hangs on it to its successor; without one it stays.
    """
    require_hub_editor(by)
    digest = hashlib.sha256(_MAKING.encode() + path.read_bytes()).hexdigest()
    if Edition.objects.filter(name=EDITION, digest=digest).exists():
        return Loaded(fresh=False)
    say = tell or (lambda _text: None)
    with transaction.atomic():
        records = list(data_file.territories(path))
        say(f"{len(records)} territoires lus")
        counts, changed = _save_territories(records, _natures(records, path))
        ids = {
            f"{level}:{code}": pk for pk, level, code in Territory.objects.order_by().values_list("pk", "level", "code")
        }
        memberships = _save_memberships(records, ids)
        formers = _save_formers(records, ids)
        say(f"{memberships} appartenances, {formers} anciens noms et codes")
        merged, kept = hand_over(gone=set(ids) - {item.ref for item in records}, ids=ids)
        header = data_file.read_header(path)
        _save_populations(by, records, ids, header)
        _save_points_source(header)
        renew_edition(EDITION, digest)
        mark_changed("territory", changed)
        loaded = Loaded(True, counts, memberships, formers, merged, kept)
        record(
            by=by,
            verb="reference-loaded",
            subject=f"edition:{EDITION}",
            detail={"digest": digest, **_told(loaded)},
        )
    return loaded


def _told(loaded: Loaded) -> dict[str, int]:
    counts = loaded.territories
    return {
        "created": counts.created,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "memberships": loaded.memberships,
        "formers": loaded.formers,
        "merged": loaded.merged,
        "kept": loaded.kept,
    }


def _natures(records: Iterable[TerritoryRecord], path: Path) -> dict[str, str]:
    """Ref → nature: the legal kind of an EPCI; of a commune, the highest it is the chief town of."""
    natures = {f"commune:{district.seat}": "sous-prefecture" for district in data_file.districts(path)}
    seats = {Level.DEPARTEMENT: "prefecture", Level.REGION: "prefecture-region"}
    # Départements come after régions in the file: the higher rank must be written last.
    for level in (Level.DEPARTEMENT, Level.REGION):
        for item in records:
            if item.level == level and item.seat:
                natures[f"commune:{item.seat}"] = seats[level]
    natures.update({item.ref: item.kind for item in records if item.kind})
    return natures


def _fields(item: TerritoryRecord, nature: str) -> _Fields:
    return (
        item.level,
        item.code,
        item.name,
        slug(item.name),
        item.article,
        nature,
        item.siren,
        json.dumps(list(item.postal_codes)),
        item.population,
        item.population_year,
        item.latitude,
        item.longitude,
        item.precision,
    )


def _save_territories(records: list[TerritoryRecord], natures: dict[str, str]) -> tuple[Counts, list[str]]:
    """Writes what differs. Returns the tally and the refs that changed."""
    stored = {(row[0], row[1]): row for row in _stored()}
    rows, changed, created = [], [], 0
    for item in records:
        fields = _fields(item, natures.get(item.ref, ""))
        before = stored.get((item.level, item.code))
        if before and (fields == before or (before[-1] == Precision.EXACT and fields[:-3] == before[:-3])):
            continue
        created += before is None
        rows.append(fields)
        changed.append(item.ref)
    columns, marks = ", ".join(_COLUMNS), ", ".join(["%s"] * len(_COLUMNS))
    keep = "CASE WHEN {table}.precision = 'exact' THEN {table}.{column} ELSE excluded.{column} END"
    table = Territory._meta.db_table
    updates = ", ".join(
        f"{column} = " + (keep.format(table=table, column=column) if column in _POINT else f"excluded.{column}")
        for column in _COLUMNS[2:]
    )
    _run_many(
        f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT (level, code) DO UPDATE SET {updates}",  # noqa: S608 -- our own names
        rows,
    )
    return Counts(created, len(rows) - created, len(records) - len(rows)), changed


def _stored() -> Iterable[_Fields]:
    position = _COLUMNS.index("postal_codes")
    for row in Territory.objects.order_by().values_list(*_COLUMNS).iterator(chunk_size=5000):
        yield (*row[:position], json.dumps(row[position]), *row[position + 1 :])


def _save_memberships(records: list[TerritoryRecord], ids: dict[str, int]) -> int:
    """Containing pairs exactly as the file has them, for the children it has."""
    wanted = {(ids[item.ref], ids[parent]) for item in records for parent in item.parents}
    children = {ids[item.ref] for item in records}
    rows = Membership.objects.order_by().values_list("pk", "child_id", "parent_id")
    stored = {(child, parent): pk for pk, child, parent in rows.iterator(chunk_size=10_000) if child in children}
    table = Membership._meta.db_table
    stale = [(pk,) for pair, pk in stored.items() if pair not in wanted]
    _run_many(f"DELETE FROM {table} WHERE id = %s", stale)  # noqa: S608 -- our own table's name
    missing = sorted(wanted.difference(stored))
    _run_many(f"INSERT INTO {table} (child_id, parent_id) VALUES (%s, %s)", missing)  # noqa: S608 -- our own table's name
    return len(wanted)


def _save_formers(records: list[TerritoryRecord], ids: dict[str, int]) -> int:
    """The file's former codes. Those of the movements' import bear a date and are left alone."""

    def key(former: FormerRecord) -> _Fields:
        return former.level, former.code, former.name, ids[former.territory]

    wanted = {key(former): former.kind for item in records for former in item.formers}
    rows = Former.objects.order_by().values_list("pk", "level", "code", "name", "territory_id", "ended_on")
    stored = {row[1:5]: (row[0], row[5]) for row in rows.iterator(chunk_size=10_000)}
    stale = [(pk,) for fields, (pk, ended_on) in stored.items() if fields not in wanted and ended_on is None]
    table = Former._meta.db_table
    _run_many(f"DELETE FROM {table} WHERE id = %s", stale)  # noqa: S608 -- our own table's name
    _run_many(
        f"INSERT INTO {table} (level, code, name, territory_id, kind) VALUES (%s, %s, %s, %s, %s)"  # noqa: S608 -- our own table's name
        " ON CONFLICT (level, code, name, territory_id) DO UPDATE SET kind = excluded.kind",
        [(*fields, kind) for fields, kind in wanted.items()],
    )
    return len(wanted)


def _save_populations(by: Actor, records: list[TerritoryRecord], ids: dict[str, int], header: data_file.Header) -> None:
    """The population indicator. Communes' and arrondissements' are official, the rest are our sums."""
    package = header.sources[0]
    source, _made = Source.objects.update_or_create(
        slug="cog-populations",
        defaults={
            "label": "Code officiel géographique et populations de référence",
            "producer": "INSEE, DGCL, La Poste",
            "url": package.url,
            "licence": "Licence Ouverte 2.0",
            "licence_url": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
            "vintage": str(header.reference_date.year),
        },
    )
    official = [item for item in records if item.level in (Level.COMMUNE, Level.ARRONDISSEMENT)]
    years = [item.population_year for item in official if item.population_year]
    indicator, _outcome = save_indicator(
        by=by,
        slug=slugs.POPULATION,
        label="Population municipale",
        short_label="Population",
        unit="habitants",
        theme="Population",
        source=source,
        vintage=str(max(set(years), key=years.count)) if years else str(header.reference_date.year),
        reading="Les personnes qui vivent ici toute l’année, chacune comptée une seule fois.",
        additive=True,
        order=1,
    )
    rows: list[Row] = [
        (ids[item.ref], State.KNOWN, float(item.population), "")
        if item.population is not None
        else (ids[item.ref], State.UNAVAILABLE, None, "")
        for item in official
    ]
    save_values(by=by, indicator=indicator, rows=rows)


def _save_points_source(header: data_file.Header) -> None:
    """Who the towns' positions come from: their licence asks that it be said."""
    package = next((item for item in header.sources if "geonames" in item.url), None)
    if package is None:
        return
    Source.objects.update_or_create(
        slug="geonames",
        defaults={
            "label": "GeoNames : position des villes et villages",
            "producer": "GeoNames",
            "url": package.url,
            "licence": "CC BY 4.0",
            "licence_url": "https://creativecommons.org/licenses/by/4.0/deed.fr",
        },
    )


def _run_many(sql: str, rows: list[Any]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)
