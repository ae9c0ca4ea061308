"""What a bulk write did, and the mark it leaves so that caches know."""

import secrets
from dataclasses import dataclass

from fairealliance.territories.models import Edition


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows a bulk write made, altered, or found already right."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    @property
    def changed(self) -> int:
        return self.created + self.updated

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.created + other.created, self.updated + other.updated, self.unchanged + other.unchanged)


def renew_edition(name: str, digest: str = "") -> None:
    """Says that the data set `name` changed: every process drops what it had in memory of it."""
    Edition.objects.update_or_create(name=name, defaults={"digest": digest or secrets.token_hex(16)})
