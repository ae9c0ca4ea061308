"""Who there is, and where each thing in each state is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fairealliance.config.access.roles import Role
from fairealliance.config.access.table import ABSENT, Thing
from tests.access.cast import Someone

SECRET = "Quetzalcoatl"
"""In the words of everything that is not public."""
ABSENCE: dict[str, Any] = {
    "pk": 987_654_321,
    "slug": "inexistant",
    "code": "99999",
    "token": "inexistant",
    "key": "00000000-0000-0000-0000-000000000000",
    "programme": "inexistant",
    "number": 9999,
    "name": "inexistant.png",
    "page": "actualites/inexistant/",
    "document": 987_654_321,
    "one": 987_654_321,
    "other": 987_654_322,
}
"""What takes the place of whatever tells one thing from another."""
Words = dict[str, Any]
Place = Words | Callable[[Someone], Words | None]


@dataclass
class Known:
    """Who there is, and where each thing in each state is."""

    people: dict[Role, Someone]
    things: dict[str, dict[str, Place]] = field(default_factory=dict)
    besides: Words = field(default_factory=dict)
    """What the addresses of some things need besides: « route:parameter » → value."""

    def put(self, thing: Thing, **places: Place) -> None:
        assert set(places) == set(thing.states), thing.name
        self.things[thing.name] = places

    def place(self, thing: Thing, state: str, someone: Someone) -> Words | None:
        """What the address holds. None: that person cannot have such a thing."""
        if not thing.states:
            return {}
        if state == ABSENT:
            return ABSENCE
        place = self.things[thing.name][state]
        return place(someone) if callable(place) else place
