"""What a need is made of, in tests."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.needs import actions
from fairealliance.needs.enums import Side
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Organisation

OWN = "/mon-espace/besoins/"


def day(after: int) -> date:
    return timezone.localdate() + timedelta(days=after)


def words(**facts: Any) -> dict[str, Any]:
    """As a form sends them; right unless told otherwise."""
    return {
        "title": "Un local pour un atelier vélo",
        "exchange": "premises",
        "challenge": "Des jeunes sans emploi décrochent de l’école.",
        "place_0": "commune:42218",
        "visibility": "public",
        "goals": ["4"],
        "goals_seen": ["4", "8"],
        **facts,
    }


def draft(user: User, organisation: Organisation, side: Side = Side.NEED, key: str = "", **facts: Any) -> Need:
    made = actions.begin(by=user, organisation=organisation, side=side, page_key=key or f"k{Need.objects.count()}")
    return actions.save(by=user, need=made, raw=words(**facts), version=0, page="p")


def published(user: User, organisation: Organisation, side: Side = Side.NEED, **facts: Any) -> Need:
    return actions.publish(by=user, need=draft(user, organisation, side, **facts))
