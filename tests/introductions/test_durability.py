"""Two questions at 3, 12 and 24 months, by a link of its own; what all the answers say."""

from datetime import date, datetime

import pytest
from django.core import signing
from django.test import Client

from fairealliance.introductions import actions, durability
from fairealliance.introductions.actions.following import _later
from fairealliance.introductions.enums import EndReason
from fairealliance.introductions.life import NotAllowed
from fairealliance.introductions.links import follow_up_path
from fairealliance.introductions.models import Checkup, Introduction
from fairealliance.mailing.models import Notice
from fairealliance.organisations.enums import AllianceKind
from tests.introductions.world import ASKED_AT, PARIS, asked
from tests.organisations.cast import read

YES = {"lives": "yes", "changed": "much", "words": "Un atelier de plus."}


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number, 9, tzinfo=PARIS)


@pytest.fixture
def begun(halle, fabrique, mia, fanny) -> Introduction:
    """On 20 October 2026."""
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    actions.accept(by=fanny, introduction=made, now=ASKED_AT)
    return actions.begin(by=mia, introduction=made, kind=AllianceKind.PATRONAGE, now=ASKED_AT)


def _asked() -> list[tuple[str, str]]:
    told = Notice.objects.filter(kind="introduction-follow-up").order_by("pk")
    return [(each.user.email, each.event.split(":follow-up:")[1]) for each in told]


def test_asked_at_three_twelve_and_twenty_four_months_and_once(begun, mia, fanny) -> None:
    days = [day(2027, 1, 19), day(2027, 1, 20), day(2027, 1, 21), day(2027, 10, 20), day(2028, 10, 20)]
    assert [actions.ask_due(now) for now in days] == [0, 2, 0, 2, 2]
    sides = ((mia.email, "asker"), (fanny.email, "asked"))
    assert set(_asked()) == {(who, f"{months}:{side}") for months in (3, 12, 24) for who, side in sides}
    assert len(_asked()) == 6


def test_after_a_year_without_a_worker_only_the_last_is_asked(begun) -> None:
    assert actions.ask_due(day(2027, 12, 1)) == 2
    assert {event[0:2] for _who, event in _asked()} == {"12"}
    assert Checkup.objects.filter(months=3, asked_at=None, closes_on__isnull=False).count() == 2


def test_told_late_of_an_old_alliance_the_past_is_not_asked(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    actions.accept(by=fanny, introduction=made, now=ASKED_AT)
    actions.begin(by=mia, introduction=made, kind=AllianceKind.PATRONAGE, on=date(2025, 10, 1), now=ASKED_AT)
    assert set(made.checkups.values_list("months", flat=True)) == {24}


def test_ended_it_is_still_asked_and_gone_it_is_not(begun, mia, fabrique) -> None:
    actions.end(by=mia, introduction=begun, reason=EndReason.DONE, now=ASKED_AT)
    assert actions.ask_due(day(2027, 1, 20)) == 2
    fabrique.delete()
    assert actions.ask_due(day(2027, 10, 20)) == 1


def test_answered_without_signing_in_and_changed_until_it_closes(begun) -> None:
    actions.ask_due(day(2027, 1, 20))
    mine, other = Checkup.objects.filter(months=3)
    Checkup.objects.filter(months=3).update(closes_on=date(2999, 1, 1))
    address = follow_up_path(mine)
    client = Client()
    assert "Vit-elle" not in read(client.get(address))
    assert client.get(address).status_code == 200
    assert client.post(address, {"lives": "yes"}).status_code == 422
    assert "C’est noté" in read(client.post(address, YES))
    client.post(address, {**YES, "lives": "paused"})
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.lives, other.lives) == ("paused", "")
    Checkup.objects.filter(pk=mine.pk).update(closes_on=date(2026, 1, 1))
    assert client.post(address, YES).status_code == 410
    assert "n’est plus ouvert" in read(client.get(address))
    with pytest.raises(NotAllowed):
        actions.answer(checkup=mine, lives="yes", changed="much")


def test_a_link_is_neither_forged_nor_used_elsewhere(begun) -> None:
    actions.ask_due(day(2027, 1, 20))
    mine, other = Checkup.objects.filter(months=3)
    token = follow_up_path(mine).rstrip("/").rsplit("/", 1)[1]
    signature = token.partition("~")[2]
    forged = [f"{other.pk}~{signature}", f"{mine.pk}~{'A' * 43}", "1", "x~y", f"{token}x"]
    forged.append(signing.Signer(salt="needs.renewal", sep="~").sign(str(mine.pk)))
    for each in forged:
        assert Client().get(f"/mises-en-relation/suite/{each}/").status_code == 404, each
    later = Checkup.objects.filter(months=12)[0]
    assert Client().get(follow_up_path(later)).status_code == 404, "not asked yet"


def _lived(number: int, route: str, said: str, kind: str = "patronage") -> None:
    for each in range(number):
        key = f"{route}{said}{kind}{each}{Introduction.objects.count()}"
        made = Introduction.objects.create(
            route=route,
            kind=kind,
            status="begun",
            begun_on="2026-01-01",
            asked_at=ASKED_AT,
            touched_at=ASKED_AT,
            page_key=key,
        )
        facts = {"asked_at": ASKED_AT, "answered_at": ASKED_AT, "changed": "much", "closes_on": "2026-06-01"}
        Checkup.objects.create(introduction=made, months=3, side="asker", due_on="2026-04-01", lives=said, **facts)
        Checkup.objects.create(introduction=made, months=3, side="asked", due_on="2026-04-01", lives="yes", **facts)


@pytest.mark.django_db
def test_what_all_say_and_few_are_secret() -> None:
    _lived(6, "alone", "yes")
    _lived(2, "alone", "no")
    _lived(7, "catalyst", "yes", "economic")
    rows = {row.label: (row.alliances, row.alive, row.divided, row.state) for row in durability.at(3)}
    assert rows["Toutes"] == (15, 13, 2, "known")
    assert rows["directement"] == (8, 6, 2, "known")
    _lived(1, "catalyst", "yes", "network")
    states = {row.label: row.state for row in durability.at(3) if row.cut == "Forme"}
    assert states["réseau ou fédération"] == "secret"
    assert sorted(states.values()) == ["known", "secret", "secret"], "one alone would be subtracted"
    page, file = read(Client().get("/mises-en-relation/duree/")), read(Client().get("/mises-en-relation/duree.csv"))
    assert "Secret statistique" in page
    assert "3;Forme;réseau ou fédération;secret;;;" in file


@pytest.mark.django_db
def test_nothing_answered_is_said() -> None:
    assert "Pas encore de réponse" in read(Client().get("/mises-en-relation/duree/"))
    assert durability.at(3) == []


def test_the_last_day_of_a_shorter_month() -> None:
    assert _later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert _later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert _later(date(2026, 1, 31), 24) == date(2028, 1, 31)
