"""Loading the compiled file: territories, memberships, former codes, populations."""

from dataclasses import dataclass

from fairealliance.accounts.actors import Actor


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. `fresh` is False when the file was already the one loaded."""

    fresh: bool
    territories: int = 0


def load_reference(*, by: Actor) -> Loaded:
    """Idempotent; nothing is written when the file's digest is the one already loaded."""
    raise NotImplementedError
