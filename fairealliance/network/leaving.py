"""What else goes when somebody helps others no more: each room above registers it, in `AppConfig.ready`."""

from collections.abc import Callable

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.models import User

Leave = Callable[[User, Actor], None]
_done: list[Leave] = []


def register(leave: Leave) -> None:
    """Have `leave` called once the profile is seen by nobody, or an account was changed: it looks whether they still
    may. Outside any transaction that holds either.
    """
    if leave not in _done:
        _done.append(leave)


def leave(user: User, by: Actor) -> None:
    for each in _done:
        each(user, by)
