"""Capacity: whoever follows as many introductions as they said is suggested to nobody, until one is over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.introductions import actions, under_way
from fairealliance.introductions.enums import EndReason
from fairealliance.introductions.models import Introduction
from fairealliance.journal.models import Change
from fairealliance.matching import live as live_module
from fairealliance.matching import loader, suggest
from fairealliance.matching.enums import RefusalReason
from fairealliance.matching.live import live
from fairealliance.matching.room import room_of
from fairealliance.organisations import merging
from fairealliance.organisations.enums import AllianceKind, Role
from fairealliance.organisations.models import Member, Organisation, Profile
from fairealliance.territories.models import Territory
from tests.factories import OrganisationFactory
from tests.introductions.world import asked
from tests.organisations.cast import entered, join, person, read

pytestmark = pytest.mark.django_db
FULL = "Vous n’êtes proposée à personne en ce moment"


@pytest.fixture(autouse=True)
def _anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_module, "_LOOK_EVERY", 0.0)
    live.forget()
    loader.geography.forget()


@pytest.fixture
def third(town: Territory) -> Organisation:
    """To whom it could be suggested all along."""
    return OrganisationFactory(name="Une troisième", seat=town)


def set_capacity(fanny: User, fabrique: Organisation, said: str) -> int:
    """By the form; the answer's status."""
    Member.objects.filter(user=fanny).update(role=Role.ADMINISTRATOR)
    version = Profile.objects.filter(organisation=fabrique).values_list("version", flat=True).first() or 0
    address = f"/mon-espace/organisations/{fabrique.pk}/fiche/echanges/"
    return entered(fanny).post(address, {"version": version, "capacity": said}).status_code


def is_suggested(fabrique: Organisation, to: Organisation) -> bool:
    return fabrique.pk in [line.organisation.pk for line in suggest.for_organisation(to.pk).lines]


def own_page(fanny: User, fabrique: Organisation) -> str:
    return read(entered(fanny).get(f"/mon-espace/suggestions/{fabrique.pk}/"))


def ask_page(by: User, of: Organisation) -> str:
    return read(entered(by).get(f"/mises-en-relation/demander/?a={of.pk}"))


@pytest.mark.parametrize("said", ["-1", "100", "beaucoup", "1.5"])
def test_what_is_no_number_of_introductions(fanny, fabrique, said: str) -> None:
    assert set_capacity(fanny, fabrique, said) == 422
    assert not Profile.objects.exists()


def test_full_it_is_suggested_to_nobody_and_told_how_to_open_again(mia, fanny, halle, fabrique, third) -> None:
    assert set_capacity(fanny, fabrique, "1") == 302
    assert is_suggested(fabrique, third)
    assert FULL not in own_page(fanny, fabrique)
    assert "ne peut pas en suivre davantage" not in ask_page(mia, fabrique)
    made = asked(mia, halle, fabrique)
    assert not is_suggested(fabrique, third)
    page = own_page(fanny, fabrique)
    assert FULL in page
    assert f'href="/mon-espace/organisations/{fabrique.pk}/fiche/echanges/"' in page
    assert 'href="/mises-en-relation/"' in page
    oscar = person("oscar@exemple.fr")
    join(third, oscar)
    assert "ne peut pas en suivre davantage" in ask_page(oscar, fabrique)
    assert asked(oscar, third, fabrique, page_key="k2").pk != made.pk, "asking directly stays possible"
    assert set_capacity(fanny, fabrique, "3") == 302
    assert FULL not in own_page(fanny, fabrique)
    assert set_capacity(fanny, fabrique, "") == 302
    assert room_of(fabrique.pk) == -1


def test_zero_is_a_pause_and_its_page_says_so(fanny, fabrique, third) -> None:
    set_capacity(fanny, fabrique, "0")
    assert not is_suggested(fabrique, third)
    assert FULL in own_page(fanny, fabrique)
    page = read(entered(fanny).get(f"/mon-espace/organisations/{fabrique.pk}/fiche/"))
    assert "aucune pour l’instant" in page.lower()


def test_the_control_where_nobody_counts_it_stays_suggested(mia, fanny, halle, fabrique, third, monkeypatch) -> None:
    monkeypatch.setattr("fairealliance.matching.room._under_way", [])
    set_capacity(fanny, fabrique, "1")
    asked(mia, halle, fabrique)
    assert is_suggested(fabrique, third)


def decline(made: Introduction, mia: User, fanny: User) -> None:
    actions.decline(by=fanny, introduction=made, reason=RefusalReason.TOO_FAR)


def withdraw(made: Introduction, mia: User, fanny: User) -> None:
    actions.withdraw(by=mia, introduction=made)


def fall_silent(made: Introduction, mia: User, fanny: User) -> None:
    for days in (7, 14, 21, 45, 60):
        actions.advance(now=timezone.now() + timedelta(days=days))


def begin(made: Introduction, mia: User, fanny: User) -> None:
    actions.accept(by=fanny, introduction=made)
    live.engine()  # what was told until then is taken in
    actions.begin(by=mia, introduction=made, kind=AllianceKind.NETWORK)


def end(made: Introduction, mia: User, fanny: User) -> None:
    actions.accept(by=fanny, introduction=made)
    live.engine()
    actions.end(by=mia, introduction=made, reason=EndReason.NO_TIME)


def go(made: Introduction, mia: User, fanny: User) -> None:
    Organisation.objects.get(pk=made.asker_id).delete()


@pytest.mark.parametrize("close", [decline, withdraw, fall_silent, begin, end, go])
def test_each_way_out_opens_again(mia, fanny, halle, fabrique, third, close) -> None:
    set_capacity(fanny, fabrique, "1")
    made = asked(mia, halle, fabrique)
    assert not is_suggested(fabrique, third)
    close(made, mia, fanny)
    assert is_suggested(fabrique, third)


def test_accepted_and_talking_still_count_for_both(mia, fanny, halle, fabrique, third) -> None:
    join(third, person("thea@exemple.fr"))
    set_capacity(fanny, fabrique, "1")
    Profile.objects.create(organisation=halle, capacity=1, told_at=timezone.now())
    live.forget()
    made = asked(mia, halle, fabrique)
    assert is_suggested(halle, third), "what it asked waits for the other"
    actions.accept(by=fanny, introduction=made)
    assert not is_suggested(halle, third)
    actions.write(by=mia, introduction=made, text="Bonjour", page_key="w1")
    assert not is_suggested(fabrique, third)


def test_by_a_catalyst_it_counts_for_both_from_the_start(halle, fabrique, mia, fanny, editor) -> None:
    actions.propose(by=editor, first=halle, second=fabrique, subject="Un local", text="Parlez-vous.", page_key="p")
    assert under_way.counted([halle.pk, fabrique.pk]) == {halle.pk: 1, fabrique.pk: 1}


def test_merged_it_follows_those_of_both(mia, fanny, halle, fabrique, third, editor) -> None:
    set_capacity(fanny, fabrique, "1")
    double = OrganisationFactory(name="La Fabrique bis")
    asked(mia, halle, double)
    assert is_suggested(fabrique, third)
    merger = merging.merge(by=editor, kept=fabrique, gone=double)
    assert not is_suggested(fabrique, third)
    merging.unmerge(by=editor, merger=merger)
    assert is_suggested(fabrique, third)


def test_a_reminder_tells_the_outbox_nothing(mia, halle, fabrique, fanny) -> None:
    asked(mia, halle, fabrique)
    before = Change.objects.filter(kind="organisation").count()
    actions.advance(now=timezone.now() + timedelta(days=8))
    assert Change.objects.filter(kind="organisation").count() == before


def test_as_many_queries_for_one_as_for_twenty(mia, halle, fabrique, django_assert_num_queries) -> None:
    ids = [fabrique.pk]
    for count in (1, 20):
        ids += [OrganisationFactory().pk for _n in range(count - 1)]
        with django_assert_num_queries(1):
            under_way.counted(ids)
