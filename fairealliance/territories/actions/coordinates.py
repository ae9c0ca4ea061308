"""Exact points in place of approximate ones."""

from collections.abc import Iterable

from fairealliance.accounts.actors import Actor
from fairealliance.territories.actions.tally import Counts


def save_coordinates(*, by: Actor, rows: Iterable[tuple[int, float, float]]) -> Counts:
    """Rows of (territory id, latitude, longitude) in degrees: kept as exact."""
    raise NotImplementedError
