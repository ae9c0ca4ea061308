"""The link of a mail that answers two questions without signing in: signed, for one alliance, one side, one date, one
person, and good for as long as they act for that side.
"""

from typing import NamedTuple

from django.core import signing
from django.urls import reverse

from fairealliance.accounts.models import User
from fairealliance.introductions.models import Checkup
from fairealliance.organisations.permissions import can_act_for

_SIGNER = signing.Signer(salt="introductions.follow-up", sep="~")


class FollowUp(NamedTuple):
    """`user`: whoever was asked; None once they act for that side no longer, or have no account any more."""

    checkup: Checkup
    user: User | None


def follow_up_path(checkup: Checkup, user: User) -> str:
    return reverse("introductions:follow-up", args=[_SIGNER.sign(f"{checkup.pk}.{user.pk}")])


def read(token: str) -> FollowUp | None:
    """None when it is not ours, or was never asked."""
    try:
        number, _dot, person = _SIGNER.unsign(token).partition(".")
    except signing.BadSignature:
        return None
    asked = Checkup.objects.select_related("introduction__asker", "introduction__asked", "introduction__need")
    found = asked.filter(pk=number, asked_at__isnull=False).first()
    return FollowUp(found, _of_side(found, person)) if found else None


def _of_side(checkup: Checkup, person: str) -> User | None:
    """A link of before, which names nobody, is nobody's."""
    user = User.objects.filter(pk=person).first() if person else None
    pk = checkup.introduction.organisation_id_of(checkup.side)
    return user if user and pk and can_act_for(user, pk) else None
