"""Writing what comes from a source by the thousand: a row is known by (source, key), and by its fingerprint.

The rooms' own actions call this inside their transaction; it checks no permission and marks no change itself.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from fairealliance.lib import bulk
from fairealliance.provenance.kept import Kept, spared
from fairealliance.provenance.models import Sourced

# Terms of the partial unique index `…_once_per_source`: SQLite uses it only when the query repeats them.
_KEYED = "NOT (source_key = '')"
ON_CONFLICT = f"ON CONFLICT (source_id, source_key) WHERE {_KEYED} DO NOTHING"


@dataclass(frozen=True, slots=True)
class Saved:
    """Keys that were made or altered, how many were already right, the id of each key, what an editor had corrected."""

    created: list[str]
    updated: list[str]
    unchanged: int
    ids: dict[str, int]
    kept: list[Kept] = field(default_factory=list)

    def changed_ids(self) -> list[int]:
        return [self.ids[key] for key in (*self.created, *self.updated)]


def known_keys(model: type[Sourced], source_id: int, keys: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Key → (id, fingerprint) of those already there."""
    rows = bulk.select_in(
        model,
        ("source_key", "id", "fingerprint"),
        "source_key",
        keys,
        f"source_id = %s AND {_KEYED}",
        [source_id],
    )
    return {key: (pk, fingerprint) for key, pk, fingerprint in rows}


def save_rows(model: type[Sourced], *, source_id: int, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Saved:
    """Each row begins with its key and fingerprint, as `columns` do. Keys are unique among `rows`."""
    known = known_keys(model, source_id, [row[0] for row in rows])
    new = [row for row in rows if row[0] not in known]
    differing = [row for row in rows if row[0] in known and known[row[0]][1] != row[1]]
    now = bulk.now()
    bulk.insert(
        model,
        columns,
        new,
        constants={"source_id": source_id, "imported_at": now, "created_at": now, "updated_at": now},
        on_conflict=ON_CONFLICT,
    )
    altered = [(*row[1:], known[row[0]][0]) for row in differing]
    written, kept = spared(model, columns[1:], altered, [row[0] for row in differing])
    bulk.update(model, columns[1:], written, constants={"imported_at": now, "updated_at": now})
    ids = {key: pk for key, (pk, _fingerprint) in known.items()}
    created = [row[0] for row in new]
    ids.update((key, pk) for key, (pk, _fingerprint) in known_keys(model, source_id, created).items())
    return Saved(created, [row[0] for row in differing], len(rows) - len(new) - len(differing), ids, kept)


@lru_cache(maxsize=4096)
def as_json(values: tuple[Any, ...]) -> str:
    """Goals, targets, themes: the same few lists, thousands of times."""
    return json.dumps(values, ensure_ascii=False)
