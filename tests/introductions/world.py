"""Introductions, in tests."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from fairealliance.accounts.models import User
from fairealliance.introductions import actions
from fairealliance.introductions.models import Introduction
from fairealliance.mailing.models import Notice
from fairealliance.network.models import Catalyst
from fairealliance.organisations.models import Organisation
from fairealliance.territories.models import Territory

PARIS = ZoneInfo("Europe/Paris")
ASKED_AT = datetime(2026, 10, 20, 23, 30, tzinfo=PARIS)
"""A late evening, five days before the clocks change."""


def after(days: int, hour: int = 9) -> datetime:
    """So many days of here later."""
    day = ASKED_AT.date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)


def asked(by: User, asker: Organisation, asked: Organisation, **facts: Any) -> Introduction:
    told = {"subject": "Un local pour l’atelier", "text": "Bonjour, parlons-en.", "page_key": "k1", **facts}
    return actions.ask(by=by, asker=asker, asked=asked, **told)


def catalyst(user: User, town: Territory, **facts: Any) -> Catalyst:
    told_ = {"standing": "accepted", "decided_at": ASKED_AT, "consented_at": ASKED_AT, "capacity": 5, **facts}
    made = Catalyst.objects.create(user=user, name=user.name, slug=f"c-{user.pk}", **told_)
    made.territories.add(town)
    return made


def now_of(introduction: Introduction) -> Introduction:
    return Introduction.objects.select_related("asker", "asked").get(pk=introduction.pk)


def told(user: User, start: str = "") -> list[str]:
    """The subjects of what they were told, in order."""
    found = Notice.objects.filter(user=user, kind__startswith=start or "introduction").order_by("pk")
    return list(found.values_list("subject", flat=True))
