"""Every write to organisations: keyword-only, atomic, permission-checked, journalled."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict, Unpack

from django.db import transaction

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import mark_changed, record
from fairealliance.lib import bulk
from fairealliance.lib.slugs import slug
from fairealliance.organisations.identity import Directory, Held, first_of_each
from fairealliance.organisations.models import Establishment, Organisation, OrganisationTerritory
from fairealliance.organisations.rows import COLUMNS, ESTABLISHMENT_COLUMNS, LISTS, EstablishmentRow, OrganisationRow
from fairealliance.provenance.actions import remove_invented
from fairealliance.provenance.bulk import ON_CONFLICT, as_json
from fairealliance.provenance.corrections import correct_field
from fairealliance.provenance.kept import Kept, corrected, spared
from fairealliance.provenance.models import Source

CORRECTABLE = ("name", "acronym", "description", "website", "email", "phone")
_NEVER_BLANKED = "unknown"  # a precision that says nothing is a blank too


class OrganisationData(TypedDict, total=False):
    """Fields of OrganisationRow; `key` and `name` are needed."""

    key: str
    fingerprint: str
    name: str
    acronym: str
    sphere: str
    description: str
    siren: str | None
    rna: str | None
    website: str
    email: str
    phone: str
    goals: tuple[int, ...]
    targets: tuple[str, ...]
    themes: tuple[str, ...]
    seat_id: int | None
    territories: tuple[int, ...]


@dataclass
class Outcome:
    """What became of the rows: key → id, which were made, altered or already right, what an editor had corrected."""

    ids: dict[str, int] = field(default_factory=dict)
    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)


def save_batch(
    *, by: Actor, source: Source, rows: Sequence[OrganisationRow], overrules: Collection[int] = ()
) -> Outcome:
    """Makes or completes organisations. The rule of who may say what:

    - the source an organisation came from may change what it says of it;
    - a source that `overrules` that one (ids of sources) takes it over: the register, over a list of grants;
    - any other source fills blanks only, so that importing files in turn comes to rest.

    What a source does not say is never a reason to erase, and what its own people wrote is left to them
    (`provenance.kept`). The caller tells the journal of the whole run. Within a transaction of the caller's, what fails
    undoes all of it.
    """
    require_hub_editor(by)
    outcome = Outcome()
    with transaction.atomic(savepoint=False):
        remaining: Sequence[OrganisationRow] = rows
        while remaining:
            firsts, remaining = first_of_each(remaining)
            _save_distinct(source, firsts, overrules, outcome)
        changed = dict.fromkeys(outcome.ids[key] for key in (*outcome.created, *outcome.updated))
        mark_changed("organisation", list(changed))
    return outcome


def known_by_siren(sirens: Collection[str]) -> dict[str, int]:
    """SIREN → id of those we hold: what a file merely mentions is linked, and left as it is."""
    return dict(bulk.select_in(Organisation, ("siren", "id"), "siren", sirens))


def _save_distinct(
    source: Source, rows: Sequence[OrganisationRow], overrules: Collection[int], outcome: Outcome
) -> None:
    directory = Directory(source.pk, rows)
    new: list[OrganisationRow] = []
    altered: list[tuple[Any, ...]] = []
    keys: list[str] = []
    for given in rows:
        held = directory.find(given)
        row = directory.takes(held, given)
        if held is None:
            new.append(row)
            continue
        outcome.ids[row.key] = held.id
        may_replace = directory.is_free(row, held) and (held.is_from(source.pk, row.key) or held.source_id in overrules)
        values = _merged(held, row, source.pk, may_replace)
        if values is None:
            outcome.unchanged.append(row.key)
        else:
            altered.append((*values, held.id))
            keys.append(row.key)
    _insert(source, new, outcome)
    _update(altered, keys, outcome)
    _link([row for row in rows if row.territories], outcome)


def _insert(source: Source, rows: Sequence[OrganisationRow], outcome: Outcome) -> None:
    if not rows:
        return
    now = bulk.now()
    bulk.insert(
        Organisation,
        (*COLUMNS, "slug"),
        [(*_stored(row), slug(row.name)) for row in rows],
        constants={"source_id": source.pk, "imported_at": now, "created_at": now, "updated_at": now},
        on_conflict=ON_CONFLICT,
    )
    keys = [row.key for row in rows]
    found = bulk.select_in(
        Organisation, ("source_key", "id"), "source_key", keys, "source_id = %s AND NOT (source_key = '')", [source.pk]
    )
    outcome.ids.update(found)
    outcome.created += keys


_SOURCE_KEY, _FINGERPRINT, _NAME = 0, 1, COLUMNS.index("name")
_LIST_PLACES = [COLUMNS.index(name) for name in sorted(LISTS)]
_PLACES = range(2, len(COLUMNS))
_POINT = slice(COLUMNS.index("latitude"), COLUMNS.index("precision") + 1)


def _stored(row: OrganisationRow) -> list[Any]:
    """The row's values as the table takes them."""
    values: list[Any] = list(row[:-1])
    for place in _LIST_PLACES:
        values[place] = as_json(values[place])
    return values


def _merged(held: Held, row: OrganisationRow, source_id: int, may_replace: bool) -> tuple[Any, ...] | None:
    """Source, values and slug to write over what we hold, or None when nothing changes."""
    if held.is_from(source_id, row.key) and held.fingerprint == row.fingerprint:
        return None
    new = _stored(row)
    if may_replace:
        values = [_or_else(new[place], held.values[place]) for place in _PLACES]
        origin: tuple[Any, ...] = (source_id, row.key, row.fingerprint)
    else:
        values = [_or_else(held.values[place], new[place]) for place in _PLACES]
        for place in _LIST_PLACES:
            values[place - 2] = _union(held.values[place], new[place])
        origin = (held.source_id, held.key, held.fingerprint)
    _keep_point_whole(values, held, new)
    if origin == (held.source_id, held.key, held.fingerprint) and _same(values, held.values[2:]):
        return None
    return (*origin, *values, slug(values[_NAME - 2]))


def _or_else(first: Any, second: Any) -> Any:
    return second if first in (None, "", "[]", _NEVER_BLANKED) else first


def _union(held: str, new: str) -> str:
    if new in ("[]", held):
        return held
    ours = json.loads(held)
    missing = [item for item in json.loads(new) if item not in ours]
    return as_json((*ours, *missing)) if missing else held


def _keep_point_whole(values: list[Any], held: Held, new: list[Any]) -> None:
    """Latitude, longitude and precision go together: never half of one source and half of another."""
    point = slice(_POINT.start - 2, _POINT.stop - 2)
    for whole in (list(held.values[_POINT]), new[_POINT]):
        if values[point][2] == whole[2] and whole[0] is not None:
            values[point] = whole
            return


def _same(values: Sequence[Any], stored: Sequence[Any]) -> bool:
    # A date comes back as text from SQLite and as a date from PostgreSQL.
    return all(a == b or (b is not None and str(a) == str(b)) for a, b in zip(values, stored, strict=True))


def _update(rows: list[tuple[Any, ...]], keys: list[str], outcome: Outcome) -> None:
    now = bulk.now()
    columns = ("source_id", "source_key", "fingerprint", *COLUMNS[2:], "slug")
    written, kept = spared(Organisation, columns, rows, keys)
    bulk.update(Organisation, columns, written, constants={"imported_at": now, "updated_at": now})
    outcome.updated += keys
    outcome.kept += kept


def _link(rows: Sequence[OrganisationRow], outcome: Outcome) -> None:
    """Territories of action add up: what another source said is kept. A link added is an organisation altered."""
    told = corrected(Organisation, {outcome.ids[row.key] for row in rows})
    rows = [row for row in rows if "territories" not in told.get(outcome.ids[row.key], ())]
    if not rows:
        return
    known = set(
        bulk.select_in(
            OrganisationTerritory,
            ("organisation_id", "territory_id"),
            "organisation_id",
            {outcome.ids[row.key] for row in rows},
        )
    )
    missing = {
        (outcome.ids[row.key], pk): row.key
        for row in rows
        for pk in row.territories
        if (outcome.ids[row.key], pk) not in known
    }
    bulk.insert(
        OrganisationTerritory,
        ("organisation_id", "territory_id"),
        list(missing),
        on_conflict="ON CONFLICT (organisation_id, territory_id) DO NOTHING",
    )
    linked = set(missing.values())
    outcome.updated += [key for key in outcome.unchanged if key in linked]
    outcome.unchanged = [key for key in outcome.unchanged if key not in linked]


def save_establishments(*, by: Actor, rows: Sequence[EstablishmentRow]) -> Outcome:
    """One per SIRET. The same row again changes nothing."""
    require_hub_editor(by)
    outcome = Outcome()
    with transaction.atomic():
        stored = {
            siret: (pk, tuple(values))
            for pk, siret, *values in bulk.select_in(
                Establishment, ("id", *ESTABLISHMENT_COLUMNS), "siret", [row.siret for row in rows]
            )
        }
        new = [row for row in rows if row.siret not in stored]
        differing = [row for row in rows if row.siret in stored and stored[row.siret][1] != row[1:]]
        bulk.insert(Establishment, ESTABLISHMENT_COLUMNS, new, on_conflict="ON CONFLICT (siret) DO NOTHING")
        bulk.update(Establishment, ESTABLISHMENT_COLUMNS[1:], [(*row[1:], stored[row.siret][0]) for row in differing])
        outcome.created = [row.siret for row in new]
        outcome.updated = [row.siret for row in differing]
        outcome.unchanged = [row.siret for row in rows if row.siret in stored and stored[row.siret][1] == row[1:]]
        mark_changed("organisation", list(dict.fromkeys(row.organisation_id for row in (*new, *differing))))
    return outcome


def save(*, by: Actor, source: Source, **data: Unpack[OrganisationData]) -> tuple[Organisation, str]:
    """One organisation, under the same rules. Returns it with `created`, `updated` or `unchanged`."""
    row = OrganisationRow(key=data["key"], fingerprint="", name=data["name"])._replace(**data)
    with transaction.atomic():
        outcome = save_batch(by=by, source=source, rows=[row])
        organisation = Organisation.objects.get(pk=outcome.ids[row.key])
        verb = "created" if outcome.created else "updated" if outcome.updated else "unchanged"
        if verb != "unchanged":
            record(by=by, verb=f"organisation-{verb}", subject=f"organisation:{organisation.pk}")
    return organisation, verb


def remove_demo(*, by: Actor) -> int:
    """Deletes every invented organisation. Returns how many there were."""
    return remove_invented(Organisation, by=by, kind="organisation")


def correct(*, by: Actor, organisation: Organisation, field: str, text: str) -> Organisation:
    """Writes `text` in one of CORRECTABLE. Raises ValidationError, in French, when it cannot hold it."""
    assert field in CORRECTABLE
    return correct_field(organisation, by=by, kind="organisation", field=field, text=text)
