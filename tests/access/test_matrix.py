"""Every route × role × state × method, asked of the product itself. What the table says is what it does.

Of what belongs to others (Wagtail, django-allauth), those whom the table refuses are; the others are let through to it.
"""

from typing import Any

import pytest

from fairealliance.config.access.roles import Role
from fairealliance.config.access.routes import Route, routes
from fairealliance.config.access.rows import TABLE
from fairealliance.config.access.table import METHODS, Row
from tests.access.asking import Asking, form

# Wagtail leaves the temporary file of a rendition to the collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
PARTS = {
    "wagtail": lambda row, route: row.is_delegated,
    "desk": lambda row, route: route.path.startswith("/gestion/") and not row.is_delegated,
    "site": lambda row, route: not route.path.startswith("/gestion/") and not row.is_delegated,
}


# Routes that ours, tried before, stand in front of: nobody comes to them.
SHADOWED = {
    "api-v1:api-root",
    "api-v1:openapi-json",
    "wagtailadmin_account",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_done",
}


@pytest.mark.parametrize("part", PARTS)
def test_the_product_does_what_the_table_says(asking: Asking, part: str) -> None:
    wrong = []
    for route in routes():
        row = TABLE.row(route.name)
        assert row is not None
        if PARTS[part](row, route):
            reached = {state for state in row.states if _place(asking, route, row, Role.SECRETARIAT, state)}
            assert reached >= set(row.of.states) or route.name in SHADOWED, route
            for role in Role:
                wrong += [line for state in row.states for line in _wrong(asking, route, row, role, state)]
    assert "\n".join(wrong) == ""


def _place(asking: Asking, route: Route, row: Row, role: Role, state: str) -> tuple[str, dict[str, Any]] | None:
    """Where such a thing of theirs is, and what its address holds. None when there can be none."""
    words = asking.known.place(row.of, state, asking.known.people[role])
    address = None if words is None else asking.address(route, words)
    return None if words is None or address is None else (address, words)


def _wrong(asking: Asking, route: Route, row: Row, role: Role, state: str) -> list[str]:
    """The methods for which the product does something else."""
    someone, found = asking.known.people[role], []
    place = _place(asking, route, row, role, state)
    if place is None:
        return []
    address, words = place
    for method in METHODS:
        cell = f"{route.name}: {role} {method} {address} ({state})"
        allowed = row.allows(role, method, state)
        if allowed and row.is_delegated:
            continue
        if method not in row.methods and state != row.states[0]:
            continue  # refused before anything is looked for: once is enough

        answer = asking.ask(someone, method, address, form(route, someone, words))
        if answer.status >= 500:
            found.append(f"{cell}: {answer.status}\n{answer.error}")
        elif answer.allows(route.name) != allowed:
            said = "allowed" if allowed else "refused"
            found.append(f"{cell}: the table says {said}, answered {answer.status} {answer.place}")
        elif not allowed and answer.writes:
            found.append(f"{cell}: refused, and wrote {answer.writes}")
    return found
