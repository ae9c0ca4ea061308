"""The link of a mail that renews a need without signing in: signed, for one person and one end."""

from dataclasses import dataclass
from datetime import date

from django.core import signing
from django.urls import reverse

from fairealliance.accounts.models import User
from fairealliance.needs.enums import Status
from fairealliance.needs.life import LISTED
from fairealliance.needs.models import Need
from fairealliance.organisations.permissions import can_act_for

_SIGNER = signing.Signer(salt="needs.renewal", sep="~")


@dataclass(frozen=True, slots=True)
class Renewal:
    """Who was asked, about what; `is_done`: its end is no longer the one that was told."""

    need: Need
    user: User
    is_done: bool


def renewal_path(need: Need, user: User) -> str:
    assert need.expires_on is not None
    return reverse("needs:renewal", args=[_SIGNER.sign(f"{need.pk}.{user.pk}.{need.expires_on:%Y%m%d}")])


def read(token: str) -> Renewal | None:
    """None when it is not ours, or when whoever was asked no longer acts for the organisation."""
    try:
        number, person, told = _SIGNER.unsign(token).split(".")
    except (signing.BadSignature, ValueError):
        return None
    need = Need.objects.select_related("organisation").filter(pk=number).first()
    user = User.objects.filter(pk=person, is_active=True).first()
    if need is None or user is None or need.expires_on is None or not can_act_for(user, need.organisation_id):
        return None
    day = date(int(told[:4]), int(told[4:6]), int(told[6:]))
    ended = need.status not in (*LISTED, Status.EXPIRED)  # met or closed since: no mail opens it again
    return Renewal(need, user, ended or need.expires_on != day)
