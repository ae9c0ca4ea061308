"""Somebody always administers an organisation, whatever is done at once. Without the lock, nobody may be left."""

from collections.abc import Callable
from functools import partial
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from fairealliance.accounts import personal
from fairealliance.accounts.models import User
from fairealliance.journal.models import Entry
from fairealliance.lib.lives import NotAllowed
from fairealliance.organisations.enums import Role
from fairealliance.organisations.members import actions, alone
from fairealliance.organisations.members.alone import LastAdministrator
from fairealliance.organisations.models import Invitation, Member, Organisation
from tests.organisations import cast
from tests.races import CROWD, at_once

PEOPLE = 12


def administrators(organisation: Organisation) -> int:
    return organisation.members.administrators().count()


def test_the_last_cannot_leave_nor_be_demoted_nor_removed(halle, ada, mia) -> None:
    member = Member.objects.get(user=ada)
    with pytest.raises(LastAdministrator, match="nommez d’abord"):
        actions.leave(by=ada, organisation=halle)
    with pytest.raises(LastAdministrator):
        actions.name(by=ada, member=member, role=Role.MEMBER)
    with pytest.raises(LastAdministrator):
        actions.remove(by=ada, member=member)
    assert administrators(halle) == 1
    assert Entry.objects.count() == 0


def test_the_last_cannot_erase_the_account(halle, ada, mia) -> None:
    with pytest.raises(personal.Held) as told:
        personal.erase(ada)
    [obstacle] = told.value.obstacles
    assert "La Halle du Forez" in obstacle.text
    assert [address for _words, address in obstacle.links] == [f"/mon-espace/organisations/{halle.pk}/equipe/"]
    assert User.objects.filter(pk=ada.pk).exists()
    actions.name(by=ada, member=Member.objects.get(user=mia), role=Role.ADMINISTRATOR)
    personal.erase(ada)
    assert administrators(halle) == 1


def test_the_page_says_it_first_with_the_way_out(halle, ada, mia) -> None:
    alone = cast.organisation(name="Le Moulin", slug="le-moulin")
    cast.join(alone, ada, Role.ADMINISTRATOR)
    sent = _just_entered(ada).post("/compte/effacer/", {"email": ada.email})
    page = cast.read(sent)
    assert sent.status_code == 409
    assert page.index("autofocus") < page.index("Ce qui est effacé")
    for pk in (halle.pk, alone.pk):
        assert f'href="/mon-espace/organisations/{pk}/equipe/"' in page
    assert f"/{alone.pk}/confier/" in page
    assert f"/{halle.pk}/confier/" not in page
    assert User.objects.filter(pk=ada.pk).exists()


def test_the_page_says_it_before_anything_is_typed(halle, ada, mia) -> None:
    """With the same links; the focus is let be, for nothing was refused yet."""
    browser = _just_entered(ada)
    shown = browser.get("/compte/effacer/")
    page = cast.read(shown)
    assert shown.status_code == 200
    way = f'href="/mon-espace/organisations/{halle.pk}/equipe/"'
    assert page.index("ne peut pas encore être effacé") < page.index(way) < page.index("Ce qui est effacé")
    assert "autofocus" not in page
    actions.name(by=ada, member=Member.objects.get(user=mia), role=Role.ADMINISTRATOR)
    page = cast.read(browser.get("/compte/effacer/"))
    assert "ne peut pas encore être effacé" not in page
    assert way not in page


def test_a_wrong_address_is_said_first_too(ada) -> None:
    sent = _just_entered(ada).post("/compte/effacer/", {"email": "autre@exemple.fr"})
    assert sent.status_code == 422
    assert cast.read(sent).count("autofocus") == 1
    assert 'href="#id_email"' in cast.read(sent)


def _just_entered(user: User) -> Client:
    user.set_password("une phrase longue et simple")
    user.save()
    browser = Client()
    browser.post("/connexion/", {"login": user.email, "password": "une phrase longue et simple"})
    browser.get("/compte/effacer/")
    browser.post("/connexion/confirmer/", {"password": "une phrase longue et simple"})
    return browser


def test_whoever_named_another_may_leave(halle, ada, mia) -> None:
    actions.name(by=ada, member=Member.objects.get(user=mia), role=Role.ADMINISTRATOR)
    actions.leave(by=ada, organisation=halle)
    assert list(halle.members.values_list("user", "role")) == [(mia.pk, Role.ADMINISTRATOR)]


def test_a_closed_account_does_not_count(halle, ada, mia) -> None:
    actions.name(by=ada, member=Member.objects.get(user=mia), role=Role.ADMINISTRATOR)
    User.objects.filter(pk=mia.pk).update(is_active=False)
    with pytest.raises(LastAdministrator):
        actions.leave(by=ada, organisation=halle)


def test_alone_one_gives_the_organisation_back(halle, ada) -> None:
    halle.invitations.create(email="x@exemple.fr", expires_at="2030-01-01T00:00Z", invited_by=ada)
    actions.entrust(by=ada, organisation=halle)
    assert not halle.members.exists()
    assert not Invitation.objects.waiting().exists()
    assert Entry.objects.get().verb == "organisation-entrusted"


def test_not_alone_one_names_somebody_instead(halle, ada, mia) -> None:
    with pytest.raises(NotAllowed, match="D’autres personnes"):
        actions.entrust(by=ada, organisation=halle)


# At once: each in a thread, with a connection of its own.

Act = Callable[[User, Organisation], object]


def leave(user: User, organisation: Organisation) -> None:
    actions.leave(by=user, organisation=organisation)


def step_down(user: User, organisation: Organisation) -> None:
    actions.name(by=user, member=Member.objects.get(user=user), role=Role.MEMBER)


def erase(user: User, organisation: Organisation) -> None:
    personal.erase(user)


def _all_at_once(organisation: Organisation, acts: list[Act]) -> list[str]:
    """Each administrator acts; what each met."""
    people = [cast.person(f"a{n}@exemple.fr") for n in range(len(acts))]
    for user in people:
        cast.join(organisation, user, Role.ADMINISTRATOR)
    bound = [partial(act, user, organisation) for user, act in zip(people, acts, strict=True)]
    return at_once(bound, ValidationError, personal.Held)


@pytest.mark.parametrize("act", [leave, step_down, erase])
def test_all_at_once_one_stays(shared_database, act: Act) -> None:
    halle = cast.organisation()
    told = _all_at_once(halle, [act] * PEOPLE)
    assert administrators(halle) == 1
    assert told.count("done") == PEOPLE - 1


def test_whatever_each_does_one_stays(shared_database) -> None:
    halle = cast.organisation()
    told = _all_at_once(halle, [leave, step_down, erase] * 4)
    assert administrators(halle) == 1
    assert told.count("done") == PEOPLE - 1


def test_two_hundred_leave_at_once_and_one_stays(shared_database) -> None:
    halle = cast.organisation()
    told = _all_at_once(halle, [leave] * CROWD)
    assert administrators(halle) == 1
    assert told.count("LastAdministrator") == 1


@pytest.mark.parametrize("act", [leave, step_down])
def test_control_without_the_lock_nobody_is_left(shared_database, monkeypatch, act: Act) -> None:
    """Each looks before any writes: the race as it happens, made sure."""
    halle, looked, look = cast.organisation(), Barrier(PEOPLE), alone.others

    def look_then_wait(organisation: Organisation, leaving: Member) -> bool:
        found = look(organisation, leaving)
        looked.wait()
        return found

    monkeypatch.setattr(alone, "others", look_then_wait)
    monkeypatch.setattr(actions, "alone_with", cast.unguarded)
    assert _all_at_once(halle, [act] * PEOPLE) == ["done"] * PEOPLE
    assert administrators(halle) == 0


def test_control_without_the_obstacle_the_last_is_erased(halle, ada, monkeypatch) -> None:
    held = personal._holdings["organisations"]
    without = personal.Holding(held.name, held.label, export=held.export, erase=held.erase, erased=held.erased)
    monkeypatch.setitem(personal._holdings, "organisations", without)
    personal.erase(ada)
    assert administrators(halle) == 0
