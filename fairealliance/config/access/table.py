"""What a row of the table is made of, and how it is read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from fairealliance.config.access.roles import Role

READS, SENDS = frozenset({"GET", "HEAD"}), frozenset({"POST"})
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
WAGTAIL, ALLAUTH = "wagtail", "allauth"
NOWHERE = "nowhere"  # the view itself answers 404, in the words of its neighbours
ANY_STATE, ABSENT = "any", "absent"


@dataclass(frozen=True, slots=True)
class Thing:
    """What a route is about, and the states it can be in. It can always be absent too: nobody has anything then."""

    name: str
    states: tuple[str, ...]


NOTHING = Thing("nothing", ())


@dataclass(frozen=True, slots=True)
class Rule:
    """`roles` may use `methods` while the thing is in one of `states`."""

    methods: frozenset[str]
    roles: frozenset[Role]
    states: frozenset[str]


def reads(roles: Iterable[Role], *states: str) -> Rule:
    return Rule(READS, frozenset(roles), frozenset(states))


def sends(roles: Iterable[Role], *states: str) -> Rule:
    return Rule(SENDS, frozenset(roles), frozenset(states))


def uses(roles: Iterable[Role], *states: str) -> Rule:
    """Reads and sends."""
    return Rule(READS | SENDS, frozenset(roles), frozenset(states))


def reaches(roles: Iterable[Role]) -> Rule:
    """Any method: somebody else's code decides the rest."""
    return Rule(frozenset(METHODS), frozenset(roles), frozenset())


@dataclass(frozen=True)
class Row:
    """Routes by name (`space:name`, or `space:*` for someone else's), what they are about, who may do what.

    A rule that names no state holds in all of them; without any rule, the route is as if it were not.
    `judge`: whose code decides beyond this table. When it is not ours (WAGTAIL, ALLAUTH), « allowed » means that they
    are asked.
    """

    routes: str
    rules: tuple[Rule, ...]
    of: Thing = NOTHING
    judge: str = ""

    @property
    def names(self) -> list[str]:
        return self.routes.split()

    @property
    def is_delegated(self) -> bool:
        return self.judge in (WAGTAIL, ALLAUTH)

    @property
    def states(self) -> tuple[str, ...]:
        return (*self.of.states, ABSENT) if self.of.states else (ANY_STATE,)

    @cached_property
    def methods(self) -> frozenset[str]:
        """Those that somebody may use in some state."""
        return frozenset(method for rule in self.rules if rule.roles for method in rule.methods)

    def roles(self, method: str) -> frozenset[Role]:
        """Those who may use `method` in some state."""
        return frozenset(role for rule in self.rules if method in rule.methods for role in rule.roles)

    def allows(self, role: Role, method: str, state: str) -> bool:
        return state != ABSENT and any(
            role in rule.roles and method in rule.methods and (not rule.states or state in rule.states)
            for rule in self.rules
        )


class Table:
    """Rows found by the name of a route. A whole name goes before a prefix, a long prefix before a short one."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        self._whole = {name: row for row in self.rows for name in row.names if not name.endswith("*")}
        prefixes = [(name[:-1], row) for row in self.rows for name in row.names if name.endswith("*")]
        self._prefixes = sorted(prefixes, key=lambda pair: -len(pair[0]))

    def row(self, name: str) -> Row | None:
        if name in self._whole:
            return self._whole[name]
        return next((row for prefix, row in self._prefixes if name.startswith(prefix)), None)

    def faults(self) -> Iterator[str]:
        """A name told twice, a state that its thing does not know."""
        told = [name for row in self.rows for name in row.names]
        yield from (f"{name} has two rows" for name in sorted({name for name in told if told.count(name) > 1}))
        for row in self.rows:
            unknown = {state for rule in row.rules for state in rule.states} - set(row.of.states)
            yield from (f"{row.names[0]}: {row.of.name} has no state “{state}”" for state in sorted(unknown))
