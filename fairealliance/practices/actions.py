"""Every write to practices: keyword-only, atomic, permission-checked, journalled."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import mark_changed, record
from fairealliance.lib import bulk
from fairealliance.lib.slugs import slug
from fairealliance.practices.models import Practice, PracticePartner, PracticeTerritory
from fairealliance.practices.rows import COLUMNS, FIRST_LIST, PARTNER_COLUMNS, LinkRow, PracticeRow
from fairealliance.provenance.actions import remove_invented
from fairealliance.provenance.bulk import Saved, as_json, known_keys, save_rows
from fairealliance.provenance.corrections import correct_field
from fairealliance.provenance.models import Source

CORRECTABLE = (
    "title",
    "challenge",
    "summary",
    "start_year",
    "end_year",
    "cost",
    "funding",
    "results",
    "evidence",
    "conditions",
    "contact",
)
_ONE_PARTNER = "ON CONFLICT (practice_id, name, role) DO NOTHING"
_ONE_TERRITORY = "ON CONFLICT (practice_id, territory_id) DO NOTHING"
_ONE_TOOL = "ON CONFLICT (practice_id, resource_id) DO NOTHING"


def save_batch(*, by: Actor, source: Source, rows: Sequence[PracticeRow]) -> Saved:
    """Makes or alters practices, each known by its key in `source`. Keys are unique among `rows`.

    The caller tells the journal of the whole run. Within a transaction of the caller's, what fails undoes all of it.
    """
    require_hub_editor(by)
    with transaction.atomic(savepoint=False):
        saved = save_rows(
            Practice, source_id=source.pk, columns=(*COLUMNS, "slug"), rows=[_stored(row) for row in rows]
        )
        _replace_links(rows, saved)
        mark_changed("practice", saved.changed_ids())
    return saved


def attach_batch(*, by: Actor, source: Source, rows: Sequence[LinkRow]) -> int:
    """Adds partners and territories to practices already there. Returns how many practices it altered."""
    require_hub_editor(by)
    with transaction.atomic():
        known = known_keys(Practice, source.pk, {row.key for row in rows})
        found = [(known[row.key][0], row) for row in rows if row.key in known]
        ids = {pk for pk, _row in found}
        held = set(bulk.select_in(PracticePartner, ("practice_id", "name", "role"), "practice_id", ids))
        where = set(bulk.select_in(PracticeTerritory, ("practice_id", "territory_id"), "practice_id", ids))
        partners: list[tuple[Any, ...]] = [
            (pk, *one) for pk, row in found for one in row.partners if (pk, one.name, one.role) not in held
        ]
        territories = [(pk, place) for pk, row in found for place in row.territories if (pk, place) not in where]
        bulk.insert(PracticePartner, PARTNER_COLUMNS, partners, on_conflict=_ONE_PARTNER)
        bulk.insert(PracticeTerritory, ("practice_id", "territory_id"), territories, on_conflict=_ONE_TERRITORY)
        altered = sorted({pk for pk, *_rest in (*partners, *territories)})
        mark_changed("practice", altered)
    return len(altered)


def remove_demo(*, by: Actor) -> int:
    """Deletes every invented practice. Returns how many there were."""
    return remove_invented(Practice, by=by, kind="practice")


def _stored(row: PracticeRow) -> tuple[Any, ...]:
    return (*row[:FIRST_LIST], as_json(row.goals), as_json(row.targets), as_json(row.themes), slug(row.title))


def _replace_links(rows: Sequence[PracticeRow], saved: Saved) -> None:
    """Partners, territories and tools are those of the row, no more."""
    altered = [saved.ids[key] for key in saved.updated]
    through = Practice.tools.through
    for model in (PracticePartner, PracticeTerritory, through):
        bulk.delete_in(model, "practice_id", altered)
    changed = {*saved.created, *saved.updated}
    known = [(saved.ids[row.key], row) for row in rows if row.key in changed]
    bulk.insert(
        PracticePartner,
        PARTNER_COLUMNS,
        [(pk, *partner) for pk, row in known for partner in row.partners],
        on_conflict=_ONE_PARTNER,
    )
    _insert_links(PracticeTerritory, "territory_id", ((pk, row.territories) for pk, row in known), _ONE_TERRITORY)
    _insert_links(through, "resource_id", ((pk, row.tools) for pk, row in known), _ONE_TOOL)


def _insert_links(
    model: type[models.Model], column: str, links: Iterable[tuple[int, tuple[int, ...]]], on_conflict: str
) -> None:
    rows = [(pk, other) for pk, others in links for other in others]
    bulk.insert(model, ("practice_id", column), rows, on_conflict=on_conflict)


def correct(*, by: Actor, practice: Practice, field: str, text: str) -> Practice:
    """Writes `text` in one of CORRECTABLE. Raises ValidationError, in French, when it cannot hold it."""
    assert field in CORRECTABLE
    return correct_field(practice, by=by, kind="practice", field=field, text=text)


def remove(*, by: Actor, practice: Practice, why: str) -> None:
    """Takes one practice off the site. The journal keeps its words."""
    require_hub_editor(by)
    with transaction.atomic():
        told = {name: str(getattr(practice, name) or "") for name in CORRECTABLE}
        key = practice.pk
        practice.delete()
        detail = {"why": why, **told}
        record(
            by=by, verb="practice-removed", subject=f"practice:{key}", detail=detail, changed=[("practice", str(key))]
        )
