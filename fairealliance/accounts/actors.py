"""Who acts: a person, or the product itself (a command run on the server, the worker)."""

from dataclasses import dataclass

from django.http import HttpRequest

from fairealliance.accounts.models import User


@dataclass(frozen=True)
class System:
    """The product itself. Whoever can run a command on the server already holds its data."""

    label: str
    user_id: None = None


SYSTEM = System("système")

Actor = User | System


def who(request: HttpRequest) -> User:
    """Whoever is signed in, on a page that nobody else opens."""
    assert isinstance(request.user, User)
    return request.user
