"""Small numbers are secret, and so is what would give them back by subtraction from a whole."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Row = TypeVar("Row", bound=Hashable)


def with_complements(few: Iterable[Row], others: Iterable[Row], *, size: Callable[[Row], int], least: int) -> list[Row]:
    """`few`, and the smallest of `others` until what is hidden together is no smaller than `least`, and not alone.

    Fewer than `least` is secret. The whole is taken as known: less what is shown, it gives the sum of what is hidden.
    """
    hidden, shown = list(few), sorted(others, key=size)
    while hidden and shown and (len(hidden) == 1 or sum(map(size, hidden)) < least):
        hidden.append(shown.pop(0))
    return hidden
