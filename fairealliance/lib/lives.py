"""Lives of things: each room tells its own as one table, verb → the states it starts from, the state it ends in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

Verb = TypeVar("Verb")
State = TypeVar("State", bound=TextChoices, covariant=True)

_SAID = gettext_lazy("Ce n’est plus possible : l’état est maintenant « %s ».")


class NotAllowed(Exception):
    """It is not, or no longer, where this can be done. The message is for people."""


class Move(Protocol[State]):
    """What a line of the table says at least; rooms add who may."""

    @property
    def start(self) -> tuple[State, ...]: ...

    @property
    def end(self) -> State: ...


@dataclass(frozen=True)
class Life(Generic[Verb, State]):
    """`said`: why not, with the name of the state for %s."""

    table: Mapping[Verb, Move[State]]
    states: type[State]
    said: Any = _SAID

    def can(self, verb: Verb, status: str) -> bool:
        return status in self.table[verb].start

    def next_status(self, verb: Verb, status: str) -> State:
        """Raises NotAllowed with a French message."""
        if not self.can(verb, status):
            raise NotAllowed(self.said % self.states(status).label)
        return self.table[verb].end
