"""Inviting by mail: for one address, for a time, once."""

from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from fairealliance.accounts import personal
from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.journal.models import Entry
from fairealliance.lib.lives import NotAllowed
from fairealliance.organisations.enums import ClaimStatus, Role
from fairealliance.organisations.members import actions, claims, invitations
from fairealliance.organisations.members.invitations import Cancelled, Expired, ForAnother, Replayed
from fairealliance.organisations.models import Claim, Invitation, Member
from tests.organisations import cast
from tests.organisations.cast import unguarded
from tests.races import CROWD, at_once

pytestmark = pytest.mark.django_db
START = f"{cast.HERE}invitation/"


def invite(by, halle, email="oscar@exemple.fr", role=Role.MEMBER) -> Invitation:
    return invitations.invite(by=by, organisation=halle, email=email, role=role)


def test_whoever_is_invited_comes_in_with_the_role(halle, ada, oscar) -> None:
    made = invite(ada, halle, "Oscar@Exemple.FR", Role.ADMINISTRATOR)
    link = cast.link_in(mail.outbox[-1], START)
    assert link == invitations.link(made)
    member = invitations.accept(by=oscar, invitation=invitations.find(link.split("/")[-2]))  # type: ignore[arg-type]
    assert member.role == Role.ADMINISTRATOR


def test_only_administrators_invite(halle, mia, oscar) -> None:
    for user in (mia, oscar):
        with pytest.raises(PermissionDenied):
            invite(user, halle, "x@exemple.fr")
    assert mail.outbox == []


def test_it_serves_once(halle, ada, oscar) -> None:
    made = invite(ada, halle)
    invitations.accept(by=oscar, invitation=made)
    Member.objects.filter(user=oscar).delete()
    with pytest.raises(Replayed):
        invitations.accept(by=oscar, invitation=made)
    assert not Member.objects.filter(user=oscar).exists()


def test_it_expires(halle, ada, oscar) -> None:
    made = invite(ada, halle)
    Invitation.objects.update(expires_at=timezone.now())
    with pytest.raises(Expired):
        invitations.accept(by=oscar, invitation=made)


def test_it_is_for_one_confirmed_address(halle, ada, oscar) -> None:
    made = invite(ada, halle, "paula@exemple.fr")
    oscar.emailaddress_set.create(email="paula@exemple.fr", verified=False)
    with pytest.raises(ForAnother, match=r"p…@exemple\.fr") as told:
        invitations.accept(by=oscar, invitation=made)
    assert "paula" not in str(told.value)


def test_invited_again_the_old_link_is_dead(halle, ada, oscar) -> None:
    first, second = invite(ada, halle), invite(ada, halle)
    with pytest.raises(Cancelled):
        invitations.accept(by=oscar, invitation=first)
    assert invitations.accept(by=oscar, invitation=second)


def test_whoever_no_longer_administers_invited_nobody(halle, ada, mia, oscar) -> None:
    member = actions.name(by=ada, member=Member.objects.get(user=mia), role=Role.ADMINISTRATOR)
    made = invite(mia, halle, role=Role.ADMINISTRATOR)
    actions.name(by=ada, member=member, role=Role.MEMBER)
    with pytest.raises(Cancelled):
        invitations.accept(by=oscar, invitation=made)


def _asked(halle, user) -> Claim:
    claim: Claim = claims.ask(by=user, organisation=halle, position="x", message="")
    return claim


def test_whoever_is_removed_does_not_come_back_by_an_older_link(halle, ada, oscar) -> None:
    oscar.emailaddress_set.create(email="Oscar.Autre@exemple.fr", verified=True)
    cast.join(halle, oscar)
    made = invite(ada, halle, "oscar.autre@exemple.fr", Role.ADMINISTRATOR)
    other = invite(ada, halle, "paula@exemple.fr")
    actions.remove(by=ada, member=Member.objects.get(user=oscar))
    with pytest.raises(Cancelled):
        invitations.accept(by=oscar, invitation=made)
    assert list(Invitation.objects.waiting()) == [other]
    assert invitations.accept(by=oscar, invitation=invite(ada, halle)).role == Role.MEMBER


def test_whoever_is_demoted_does_not_rise_by_an_older_link(halle, ada, oscar) -> None:
    oscar.emailaddress_set.create(email="o@exemple.fr", verified=True)
    member = cast.join(halle, oscar, Role.ADMINISTRATOR)
    made = invite(ada, halle, "o@exemple.fr", Role.ADMINISTRATOR)
    actions.name(by=ada, member=member, role=Role.MEMBER)
    with pytest.raises(Cancelled):
        invitations.accept(by=oscar, invitation=made)


def test_coming_in_by_one_way_closes_the_others(halle, ada, oscar, editor) -> None:
    oscar.emailaddress_set.create(email="o@exemple.fr", verified=True)
    first, second = invite(ada, halle), invite(ada, halle, "o@exemple.fr", Role.ADMINISTRATOR)
    claim = _asked(halle, oscar)
    invitations.accept(by=oscar, invitation=first)
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.WITHDRAWN
    with pytest.raises(Cancelled):
        invitations.accept(by=oscar, invitation=second)
    with pytest.raises(NotAllowed, match="déjà traitée"):
        claims.accept(by=editor, claim=claim, role=Role.ADMINISTRATOR)
    first.refresh_from_db()
    assert first.cancelled_at is None


def test_accepted_by_the_secretariat_the_claim_stays_accepted(halle, ada, oscar, editor) -> None:
    made, claim = invite(ada, halle), _asked(halle, oscar)
    claims.accept(by=editor, claim=claim, role=Role.MEMBER)
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.ACCEPTED
    with pytest.raises(Cancelled):
        invitations.accept(by=oscar, invitation=made)


def test_a_member_is_not_invited(halle, ada, mia) -> None:
    with pytest.raises(NotAllowed, match="déjà"):
        invite(ada, halle, "mia@exemple.fr")


def test_accepting_never_takes_a_role_away(halle, ada, oscar) -> None:
    made = invite(ada, halle)
    cast.join(halle, oscar, Role.ADMINISTRATOR)
    assert invitations.accept(by=oscar, invitation=made).role == Role.ADMINISTRATOR


@pytest.mark.parametrize("token", ["", "1", "1:", "1:abc", "abc:def", "999999999999999999999:x", "1:" + "A" * 60])
def test_a_forged_link_is_none_of_ours(halle, ada, token: str) -> None:
    invite(ada, halle)
    assert invitations.find(token) is None


def test_a_link_of_another_cannot_be_made_from_ones_own(halle, ada) -> None:
    first, second = invite(ada, halle, "x@exemple.fr"), invite(ada, halle, "y@exemple.fr")
    token = invitations.link(first).split("/")[-2]
    assert invitations.find(token) == first
    assert invitations.find(token.replace(str(first.pk), str(second.pk), 1)) is None


def test_four_a_day_to_one_address(halle, ada) -> None:
    for _ in range(4):
        invite(ada, halle)
    with pytest.raises(NotAllowed, match="attendez demain"):
        invite(ada, halle)
    assert len(mail.outbox) == 4


def test_names_break_no_header(halle, ada) -> None:
    halle.name = "Halle\r\nBcc: tous@exemple.fr"
    halle.save()
    ada.name = "Ada\nBcc: tous@exemple.fr"
    ada.save()
    invite(ada, halle)
    sent = mail.outbox[-1]
    assert "\n" not in sent.subject
    assert "\r" not in sent.subject
    assert sent.recipients() == ["oscar@exemple.fr"]
    assert b"\nBcc:" not in sent.message().as_bytes().split(b"\n\n")[0]


def test_old_addresses_are_forgotten(halle, ada) -> None:
    invite(ada, halle)
    assert invitations.forget() == 0
    Invitation.objects.update(expires_at=timezone.now() - invitations.KEPT - timedelta(days=1))
    assert invitations.forget() == 1


def test_erasing_takes_invitations_and_export_tells_them(halle, ada, oscar) -> None:
    invite(ada, halle)
    assert personal.export(oscar)["organisations"]["invitations_to_you"][0]["organisation__name"] == halle.name
    assert personal.export(ada)["organisations"]["invitations_by_you"][0]["email"] == "oscar@exemple.fr"
    personal.erase(oscar)
    assert not Invitation.objects.exists()


# At once: the same link, opened by everybody it was passed on to.


def _click(user, made) -> None:
    invitations.accept(by=user, invitation=made)


def _joined() -> int:
    return Entry.objects.filter(verb="invitation-accepted").count()


def test_clicked_two_hundred_times_at_once_it_serves_once(shared_database) -> None:
    halle, oscar = cast.organisation(), cast.person("oscar@exemple.fr")
    made = invite(SYSTEM, halle)
    told = at_once([partial(_click, oscar, made)] * CROWD, Replayed)
    assert sorted(set(told)) == ["Replayed", "done"]
    assert told.count("done") == _joined() == Member.objects.count() == 1


def test_control_without_the_lock_it_serves_many_times(shared_database, monkeypatch) -> None:
    """Each looks before any writes: the race as it happens, made sure."""
    halle, oscar, few = cast.organisation(), cast.person("oscar@exemple.fr"), 8
    made, looked, look = invite(SYSTEM, halle), Barrier(few), invitations.check

    def look_then_wait(invitation: Invitation, user: User) -> None:
        look(invitation, user)
        looked.wait()

    monkeypatch.setattr(invitations, "check", look_then_wait)
    monkeypatch.setattr(invitations, "alone_with", unguarded)
    assert at_once([partial(_click, oscar, made)] * few) == ["done"] * few
    assert _joined() == few
