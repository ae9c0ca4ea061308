"""The roles, and the facts by which somebody holds one. A person may hold several; each is told alone.

A role that only an object can tell (whose measure, whose link) is here what the person *may* hold: the room's own
`can_*` has the last word, and tests/access proves that both agree.
"""

from collections.abc import Callable
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser

from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import can_edit_hub
from fairealliance.accounts.second_proof import lacks_second_proof
from fairealliance.network.permissions import is_catalyst, is_mediator

Person = User | AnonymousUser


class Role(StrEnum):
    """In the order of the table's columns."""

    PUBLIC = "public"
    HOLDER = "link_holder"
    MEMBER = "member"
    CATALYST = "catalyst"
    MEDIATOR = "mediator"
    CORRESPONDENT = "roadmap_correspondent"
    WRITER = "writer"
    UNPROVEN = "secretariat_without_second_proof"
    SECRETARIAT = "secretariat"


def _is_member(person: Person) -> bool:
    return isinstance(person, User) and person.is_active


def _is_unproven(person: Person) -> bool:
    return isinstance(person, User) and lacks_second_proof(person)


def _is_secretariat(person: Person) -> bool:
    return isinstance(person, User) and can_edit_hub(person)


def _is_in_order(person: Person) -> bool:
    """Whoever owes a second proof is a mere member until they have set it up."""
    return _is_member(person) and not _is_unproven(person)


_HOLDS: dict[Role, Callable[[Person], bool]] = {
    Role.PUBLIC: lambda person: not _is_member(person),
    Role.HOLDER: lambda person: True,  # the link tells
    Role.MEMBER: _is_member,
    Role.CATALYST: lambda person: _is_in_order(person) and is_catalyst(person),
    Role.MEDIATOR: lambda person: _is_in_order(person) and is_mediator(person),
    Role.CORRESPONDENT: _is_in_order,  # the measure tells
    Role.WRITER: lambda person: _is_in_order(person) and person.has_perm("wagtailadmin.access_admin"),
    Role.UNPROVEN: _is_unproven,
    Role.SECRETARIAT: lambda person: _is_secretariat(person) and not _is_unproven(person),
}
EVERYONE = frozenset(Role)
SIGNED_IN = EVERYONE - {Role.PUBLIC, Role.HOLDER}
LINK = frozenset({Role.HOLDER})
DESK = frozenset({Role.WRITER, Role.SECRETARIAT})
EDITORS = frozenset({Role.SECRETARIAT})


def may_hold(person: Person, roles: frozenset[Role]) -> bool:
    """Whether `person` may hold one of `roles`. No query when everybody does."""
    return roles >= EVERYONE or any(_HOLDS[role](person) for role in Role if role in roles)
