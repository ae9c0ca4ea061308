"""A need as its words would have it published; nothing is saved."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from fairealliance.lib.slugs import slug
from fairealliance.needs import suggesting
from fairealliance.needs.models import Need

_PLAIN = (
    *("title", "exchange", "challenge", "description", "conditions", "quantity", "amount", "visibility"),
    *("goals", "is_remote", "starts_on", "ends_on"),
)


def take(need: Need, cleaned: Mapping[str, Any]) -> None:
    """Writes what a right form says into the columns that are read. Not saved; territories are the caller's."""
    for name in _PLAIN:
        setattr(need, name, cleaned[name])
    need.slug = slug(need.title)
    need.goal_bits = sum(1 << (number - 1) for number in set(need.goals))
    need.themes = [hit.theme.slug for hit in suggesting.read(need.content).themes]


def previewed(need: Need, cleaned: Mapping[str, Any]) -> Need:
    shown = copy(need)
    take(shown, cleaned)
    return shown
