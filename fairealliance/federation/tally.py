"""What an import did."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Tally:
    """Every row read is rejected, a duplicate, grouped with others, or counted in one of the three first.

    For figures, `created`, `updated` and `unchanged` count values: a row of the file holds several.
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    duplicates: int = 0
    grouped: int = 0
    kept: int = 0  # fields that an editor corrected, which the file says otherwise
    repaired: Counter[str] = field(default_factory=Counter)

    def add(self, created: int, updated: int, unchanged: int) -> None:
        self.created += created
        self.updated += updated
        self.unchanged += unchanged

    def as_dict(self) -> dict[str, Any]:
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "duplicates": self.duplicates,
            "grouped": self.grouped,
            "kept": self.kept,
            "repaired": dict(sorted(self.repaired.items())),
        }
