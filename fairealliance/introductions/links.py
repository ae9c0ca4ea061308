"""The link of a mail that answers two questions without signing in: signed, for one alliance, one side, one date."""

from django.core import signing
from django.urls import reverse

from fairealliance.introductions.models import Checkup

_SIGNER = signing.Signer(salt="introductions.follow-up", sep="~")


def follow_up_path(checkup: Checkup) -> str:
    return reverse("introductions:follow-up", args=[_SIGNER.sign(str(checkup.pk))])


def read(token: str) -> Checkup | None:
    """None when it is not ours, or was never asked."""
    try:
        number = _SIGNER.unsign(token)
    except signing.BadSignature:
        return None
    found = Checkup.objects.select_related("introduction__asker", "introduction__asked")
    return found.filter(pk=number, asked_at__isnull=False).first()
