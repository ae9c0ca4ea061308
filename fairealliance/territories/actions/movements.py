"""Mergers, splits and renames since 1943: old codes and names lead to today's communes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import mark_changed, record
from fairealliance.lib.text_fr import name_key
from fairealliance.territories.actions.tally import Counts, renew_edition
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Former, Membership, Territory

_PARTS = (Level.DELEGATED, Level.ASSOCIATED, Level.ARRONDISSEMENT)


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the COG's movements file. The types are COM, COMD, COMA or ARM."""

    on: date
    before_type: str
    before_code: str
    before_name: str
    after_type: str
    after_code: str
    after_name: str = ""


def save_movements(*, by: Actor, rows: Iterable[Movement]) -> Counts:
    """Follows every chain to today's commune; the whole file in one call, in any order.

    A code no longer in use follows its latest movement, again and again, until a commune of today. A split
    leads to the commune that kept the code. A code in use today under another name is a former name.
    """
    require_hub_editor(by)
    with transaction.atomic():
        today = {
            code: (pk, name_key(name))
            for pk, code, name in Territory.objects.filter(level=Level.COMMUNE)
            .order_by()
            .values_list("pk", "code", "name")
        }
        movements = list(rows)
        wanted = _formers(movements, _Chains(movements, today, _parts()), today)
        counts = _write(wanted)
        if counts.changed:
            mark_changed("territory", [f"commune:{code}" for code in _codes_of({key[2] for key in wanted}, today)])
            renew_edition("movements")
            record(
                by=by,
                verb="movements-saved",
                subject="edition:movements",
                detail={"created": counts.created, "updated": counts.updated},
            )
    return counts


def _parts() -> dict[str, int]:
    """Code of each delegated or associated commune and arrondissement → id of today's commune."""
    rows = Membership.objects.filter(child__level__in=_PARTS, parent__level=Level.COMMUNE)
    return dict(rows.order_by("pk").values_list("child__code", "parent_id"))


def _codes_of(ids: set[int], today: dict[str, tuple[int, str]]) -> list[str]:
    return [code for code, (pk, _name) in today.items() if pk in ids]


class _Chains:
    """Where each code leads today."""

    def __init__(self, movements: list[Movement], today: dict[str, tuple[int, str]], parts: dict[str, int]) -> None:
        self._today, self._parts = today, parts
        self._next: dict[str, list[tuple[date, str]]] = defaultdict(list)
        for movement in movements:
            if movement.after_type == "COM" and movement.before_code != movement.after_code:
                self._next[movement.before_code].append((movement.on, movement.after_code))
        for steps in self._next.values():
            steps.sort(reverse=True)

    def today(self, code: str) -> int | None:
        """Id of today's commune, or None when the chain is broken."""
        seen: set[str] = set()
        waiting = [code]
        while waiting:
            at = waiting.pop(0)
            if at in self._today:
                return self._today[at][0]
            if at in self._parts:
                return self._parts[at]
            if at not in seen:
                seen.add(at)
                # The latest movement first; earlier ones only if it leads nowhere.
                waiting = [after for _on, after in self._next.get(at, ())] + waiting
        return None


def _formers(
    movements: list[Movement], chains: _Chains, today: dict[str, tuple[int, str]]
) -> dict[tuple[str, str, int], tuple[str, date]]:
    """(code, name, territory id) → how it came to, and when the name or code was last in use."""
    found: dict[tuple[str, str, int], tuple[str, date]] = {}
    present = set(today.values())
    for movement in movements:
        code, name = movement.before_code, movement.before_name
        pk = chains.today(code)
        if pk is None or (code in today and today[code][1] == name_key(name)):
            continue
        same = (pk, name_key(name)) in present
        kind = "renamed" if code in today else "recoded" if same else "merged"
        key = (code, name, pk)
        if key not in found or found[key][1] < movement.on:
            found[key] = (kind, movement.on)
    return found


def _write(wanted: dict[tuple[str, str, int], tuple[str, date]]) -> Counts:
    rows = Former.objects.filter(level=Level.COMMUNE).order_by()
    stored = {row[:3]: row[3] for row in rows.values_list("code", "name", "territory_id", "ended_on")}
    differing = [(key, value) for key, value in wanted.items() if stored.get(key) != value[1]]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {Former._meta.db_table} (level, code, name, territory_id, kind, ended_on)"  # noqa: S608 -- our own table's name
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (level, code, name, territory_id)"
            " DO UPDATE SET ended_on = excluded.ended_on",
            [(Level.COMMUNE, *key, kind, on.isoformat()) for key, (kind, on) in differing],
        )
    updated = sum(key in stored for key, _value in differing)
    return Counts(len(differing) - updated, updated, len(wanted) - len(differing))
