"""What one can be told about: each room registers its kinds in `AppConfig.ready`.

kinds.register(Kind("introductions", _("Mises en relation"), _("Quelqu’un vous écrit…"), Rhythm.AT_ONCE))
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fairealliance.mailing.enums import Rhythm

if TYPE_CHECKING:
    from fairealliance.accounts.models import User

Still = Callable[["User", Collection[str]], set[str]]
"""Of events that somebody was to be told of, those that are still theirs to read."""
Numbers = Callable[["User", Collection[int]], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Kind:
    """`label` and `text` in French, for the page of preferences; `rhythm` until the person chooses another; `still` is
    asked as a letter goes, for whoever left since reads nothing more: without it, all is theirs.
    """

    slug: str
    label: Any
    text: Any
    rhythm: Rhythm = Rhythm.AT_ONCE
    still: Still | None = None


_known: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Registered again under one slug, the last one holds."""
    _known[kind.slug] = kind


def known() -> list[Kind]:
    return [_known[slug] for slug in sorted(_known)]


def get(slug: str) -> Kind:
    """Raises KeyError for a kind that no room registered."""
    return _known[slug]


def while_read(numbers: Numbers, *, always: str = "") -> Still:
    """Of events named after what they tell of (`introduction:12:accepted`), those of the numbers that `numbers` gives
    back; and those that end in `always`, for what is told of an end may be all that is left of it.
    """

    def still(user: "User", events: Collection[str]) -> set[str]:
        of = {event: int(event.split(":")[1]) for event in events}
        read = set(numbers(user, set(of.values())))
        return {event for event, number in of.items() if number in read or (always and event.endswith(f":{always}"))}

    return still


def no_longer_theirs(user: "User", slug: str, events: Collection[str]) -> set[str]:
    """Of events of one kind, those that `user` may read no more. A kind that is no more has nothing to say of them."""
    kind = _known.get(slug)
    return set(events) - kind.still(user, events) if kind and kind.still else set()
