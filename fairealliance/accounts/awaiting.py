"""What awaits somebody who signed in: each room registers what it has for them, in `AppConfig.ready`.

awaiting.register(lambda user: Card("Bureau", "…", "/gestion/", "Ouvrir le bureau"), order=10)

And what is theirs to read or to answer, which the masthead counts: `awaiting.register_due(rows_of)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from fairealliance.accounts.models import User


@dataclass(frozen=True, slots=True)
class Card:
    """Something to do or to follow. `lines` are shown as a list; `count` tells how many await; `links` are words and
    addresses, one for each thing that awaits.
    """

    title: str
    text: str
    href: str = ""
    action: str = ""
    count: int = 0
    lines: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


Provider = Callable[[User], Card | None]
_providers: list[tuple[int, Provider]] = []
Rows = Callable[[User], "QuerySet[Any]"]
_due: list[Rows] = []


def register(provider: Provider, *, order: int = 50) -> None:
    """Show what `provider` gives at /mon-espace/, low orders first; None shows nothing."""
    if all(known is not provider for _, known in _providers):
        _providers.append((order, provider))
        _providers.sort(key=lambda entry: entry[0])


def of(user: User) -> list[Card]:
    return [card for _, provider in _providers if (card := provider(user)) is not None]


def register_due(rows: Rows) -> None:
    """Have what `rows` gives counted in the masthead: each row is one thing to read or to answer."""
    if rows not in _due:
        _due.append(rows)


def count_due(user: User) -> int:
    """Of all rooms. One query, whatever their number."""
    found = [rows(user).order_by().values_list("pk") for rows in _due]
    return found[0].union(*found[1:], all=True).count() if found else 0


def count_in_masthead(request: HttpRequest) -> int:
    return count_due(request.user) if isinstance(request.user, User) else 0
