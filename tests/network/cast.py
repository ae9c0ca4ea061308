"""What a catalyst and a request are made of, in tests."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.network.enums import MarkKind, Standing, Status
from fairealliance.network.models import Catalyst, SupportRequest
from fairealliance.territories.models import Territory
from tests.organisations.cast import person


def catalyst(
    user: User | str,
    *places: Territory,
    sectors: Iterable[str] = ("emploi",),
    trades: Iterable[str] = ("dialogue",),
    **facts: Any,
) -> Catalyst:
    """Accepted and willing, unless told otherwise."""
    now = timezone.now()
    owner = person(user) if isinstance(user, str) else user
    told = {"name": owner.label.split("@")[0].title(), "slug": "x", "presentation": "Relier.", "capacity": 3}
    told |= {"standing": Standing.ACCEPTED, "decided_at": now, "consented_at": now, **facts}
    made = Catalyst.objects.create(user=owner, **told)
    made.territories.set(places)
    made.marks.bulk_create(
        made.marks.model(catalyst=made, kind=kind, slug=slug)
        for kind, slugs in ((MarkKind.TRADE, trades), (MarkKind.SECTOR, sectors))
        for slug in slugs
    )
    return made


def asked_by(user: User, commune: Territory) -> SupportRequest:
    """A request that the secretariat has."""
    key = f"k{SupportRequest.objects.count()}"
    told = {"commune": commune, "challenge": "Quetzalcoatl appelle.", "status": Status.DESK}
    return SupportRequest.objects.create(start_key=key, asked_by=user, **told)


def held(catalyst: Catalyst, commune: Territory, status: str = Status.ACCEPTED) -> SupportRequest:
    """A request that they hold."""
    return SupportRequest.objects.create(
        start_key=f"k{SupportRequest.objects.count()}",
        commune=commune,
        challenge="Un défi.",
        status=status,
        catalyst=catalyst,
        due_at=timezone.now(),
    )
