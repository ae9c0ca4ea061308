"""Mergers, splits and renames since 1943: old codes and names lead to today's communes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fairealliance.accounts.actors import Actor
from fairealliance.territories.actions.tally import Counts


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the COG's movements file. `*_type` is COM, COMD, COMA or ARM."""

    on: date
    before_type: str
    before_code: str
    before_name: str
    after_type: str
    after_code: str
    kind: int = 0


def save_movements(*, by: Actor, rows: Iterable[Movement]) -> Counts:
    """Follows every chain to today's commune; the whole file in one call, in any order."""
    raise NotImplementedError
