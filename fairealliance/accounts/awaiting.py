"""What awaits somebody who signed in: each room registers what it has for them, in `AppConfig.ready`.

awaiting.register(lambda user: Card("Bureau", "…", "/gestion/", "Ouvrir le bureau"), order=10)
"""

from collections.abc import Callable
from dataclasses import dataclass

from fairealliance.accounts.models import User


@dataclass(frozen=True, slots=True)
class Card:
    """Something to do or to follow. `lines` are shown as a list; `count` tells how many await."""

    title: str
    text: str
    href: str = ""
    action: str = ""
    count: int = 0
    lines: tuple[str, ...] = ()


Provider = Callable[[User], Card | None]
_providers: list[tuple[int, Provider]] = []


def register(provider: Provider, *, order: int = 50) -> None:
    """Show what `provider` gives at /mon-espace/, low orders first; None shows nothing."""
    if all(known is not provider for _, known in _providers):
        _providers.append((order, provider))
        _providers.sort(key=lambda entry: entry[0])


def of(user: User) -> list[Card]:
    return [card for _, provider in _providers if (card := provider(user)) is not None]
