"""Its time is over: told before, once, and renewed by one click."""

from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.mailing.models import Notice
from fairealliance.needs import actions
from fairealliance.needs.life import Verb
from fairealliance.needs.models import Need
from fairealliance.organisations.enums import Role
from fairealliance.organisations.models import Member, Organisation
from tests.needs.cast import day, published
from tests.organisations import cast
from tests.organisations.cast import link_in, mails_to, read


def at(days: int) -> datetime:
    return timezone.make_aware(datetime.combine(day(days), time(9)))


def test_ninety_days_with_a_mail_fourteen_days_before(mia: User, halle: Organisation) -> None:
    need = published(mia, halle)
    assert need.expires_on == day(90)
    assert actions.end_due(at(75)) == 0
    assert actions.end_due(at(76)) == 1
    assert actions.end_due(at(80)) == 0, "once"
    [told] = mails_to("mia@exemple.fr")
    assert "toujours d’actualité" in told.subject
    assert actions.end_due(at(90)) == 0
    need.refresh_from_db()
    assert need.status == "published", "its last day is one on which it is shown"
    assert actions.end_due(at(91)) == 1
    need.refresh_from_db()
    assert need.status == "expired"
    assert actions.end_due(at(92)) == 0
    assert len(mails_to("mia@exemple.fr")) == 2


def test_renewed_by_the_link_without_signing_in_once(mia: User, halle: Organisation) -> None:
    need = published(mia, halle, ends_on=day(20).isoformat())
    actions.end_due(at(7))
    path = link_in(mails_to("mia@exemple.fr")[0], "/besoins/renouveler/")
    client = Client()
    assert "sera retirée" in read(client.get(path))
    need.refresh_from_db()
    assert need.expires_on == day(20), "opening the link does nothing"
    assert "rien d’autre à faire" in read(client.post(path))
    need.refresh_from_db()
    assert (need.expires_on, need.ends_on, need.content["ends_on"]) == (day(90), None, "")
    told_at = need.told_at
    client.post(path)
    need.refresh_from_db()
    assert need.told_at == told_at
    assert client.get(path[:-3] + "xx/").status_code == 404


def test_an_end_that_lies_ahead_is_kept(mia: User, halle: Organisation) -> None:
    need = published(mia, halle, ends_on=day(100).isoformat())
    assert need.expires_on == day(90)
    Need.objects.filter(pk=need.pk).update(expires_on=day(3))
    assert actions.renew(by=mia, need=need).expires_on == day(90)
    assert Need.objects.get().ends_on == day(100)


def test_an_expired_one_comes_back(mia: User, halle: Organisation) -> None:
    need = published(mia, halle)
    actions.end_due(at(91))
    assert "Aucun besoin" in read(Client().get("/besoins/"))
    path = link_in(mails_to("mia@exemple.fr")[0], "/besoins/renouveler/")
    Client().post(path)
    need.refresh_from_db()
    assert need.status == "published"
    assert need.expires_on == day(90)


@pytest.mark.parametrize("harm", ["left", "closed account"])
def test_the_link_of_someone_who_left_opens_nothing(mia: User, halle: Organisation, harm: str) -> None:
    published(mia, halle)
    actions.end_due(at(80))
    path = link_in(mails_to("mia@exemple.fr")[0], "/besoins/renouveler/")
    if harm == "left":
        Member.objects.all().delete()
    else:
        User.objects.filter(pk=mia.pk).update(is_active=False)
    assert Client().get(path).status_code == 404
    assert Client().post(path).status_code == 404


def test_when_the_writer_left_the_administrators_are_told(mia: User, halle: Organisation) -> None:
    published(mia, halle)
    Member.objects.all().delete()
    ada = cast.person("ada@exemple.fr")
    cast.join(halle, ada, Role.ADMINISTRATOR)
    cast.join(halle, cast.person("zoe@exemple.fr"))
    assert actions.end_due(at(80)) == 1
    assert mails_to("ada@exemple.fr")


def test_nobody_left_it_still_ends(mia: User, halle: Organisation) -> None:
    need = published(mia, halle)
    Member.objects.all().delete()
    assert actions.end_due(at(91)) == 0
    need.refresh_from_db()
    assert need.status == "expired"


def test_what_is_over_is_left_alone(mia: User, halle: Organisation) -> None:
    actions.move(by=mia, need=published(mia, halle), verb=Verb.MEET)
    assert actions.end_due(at(200)) == 0
    assert not Notice.objects.exists()


def test_told_today_for_a_short_time_they_are_not_asked_today(mia: User, halle: Organisation) -> None:
    published(mia, halle, ends_on=day(5).isoformat())
    assert actions.end_due(at(0)) == 0
    assert actions.end_due(at(0) + timedelta(days=1)) == 1
