"""The link at the foot of every letter, which also is its one-click unsubscribe (RFC 8058). It needs no sign-in.

It says whose letters and of which kinds, signed; it never ends, as a letter may be read years later.
"""

from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.urls import reverse

from fairealliance.accounts.models import User
from fairealliance.journal.actions import record
from fairealliance.mailing import actions, kinds
from fairealliance.mailing.enums import Rhythm
from fairealliance.mailing.models import Preference

_SALT = "mailing.unsubscribe"


@dataclass(frozen=True, slots=True)
class Wish:
    """Whose, and of which kinds."""

    user: User
    kinds: tuple[kinds.Kind, ...]


def path(user_id: int, slugs: set[str]) -> str:
    token = signing.dumps([user_id, sorted(slugs)], salt=_SALT, compress=True)
    return reverse("mailing:unsubscribe", args=[token])


def read(token: str) -> Wish | None:
    """None for a link that is not ours, of an account that is no more, or of kinds that are no more."""
    try:
        pk, slugs = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk).first()
    found = tuple(kind for kind in kinds.known() if kind.slug in slugs)
    return Wish(user, found) if user and found else None


def leave(wish: Wish) -> None:
    """Never again of these kinds. Done again, it stays so."""
    actions.choose(by=wish.user, rhythms_by_kind={kind.slug: Rhythm.NEVER for kind in wish.kinds})


@transaction.atomic
def come_back(wish: Wish) -> None:
    """It was a mistake: each kind has its usual rhythm again."""
    slugs = [kind.slug for kind in wish.kinds]
    Preference.objects.filter(user=wish.user, kind__in=slugs, rhythm=Rhythm.NEVER).delete()
    record(by=wish.user, verb="mail-preferences-back", subject=f"user:{wish.user.pk}", detail={"kinds": slugs})
