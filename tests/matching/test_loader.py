"""From the database to the engine, and the command."""

import io
import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from fairealliance.journal.actions import mark_changed
from fairealliance.matching import live as live_module
from fairealliance.matching import loader, suggest
from fairealliance.matching.live import Live, live
from fairealliance.matching.policy import current
from fairealliance.organisations.models import Organisation, OrganisationTerritory
from fairealliance.practices.models import PracticeTerritory
from fairealliance.territories.models import Membership
from tests.factories import EstablishmentFactory, OrganisationFactory, PracticeFactory, TerritoryFactory

TODAY = date(2026, 11, 21)
pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return TerritoryFactory(code="42218", name="Saint-Étienne", latitude=45.4397, longitude=4.3872)


@pytest.fixture
def loire(town):
    found = TerritoryFactory(level="departement", code="42", name="Loire", latitude=None, longitude=None)
    Membership.objects.create(child=town, parent=found)
    return found


@pytest.fixture
def asker(town):
    return OrganisationFactory(name="Celle qui demande", seat=town, goals=[4, 8], themes=["emploi"])


def owners(pk: int) -> list[int]:
    return [line.organisation.pk for line in suggest.for_organisation(pk, today=TODAY).lines]


def changed(*pks: int) -> None:
    with transaction.atomic():
        mark_changed("organisation", list(pks))


def test_points_are_its_own_those_of_its_places_else_its_commune(town) -> None:
    own = OrganisationFactory(latitude=45.5, longitude=4.4, seat=town)
    EstablishmentFactory(organisation=own, latitude=45.5, longitude=4.4)
    EstablishmentFactory(organisation=own, latitude=45.7, longitude=4.9, territory=town)
    EstablishmentFactory(organisation=own, latitude=None, longitude=None)
    seated, nowhere = OrganisationFactory(seat=town), OrganisationFactory()
    known = loader.geography.get()
    points = {pk: loader.asker(known, pk, TODAY).points for pk in (own.pk, seated.pk, nowhere.pk)}
    assert points == {own.pk: ((45.5, 4.4), (45.7, 4.9)), seated.pk: ((45.4397, 4.3872),), nowhere.pk: ()}


def test_who_is_near_and_who_acts_here_are_shown_and_none_other(asker, town, loire) -> None:
    near = OrganisationFactory(latitude=45.5, longitude=4.4)
    far = OrganisationFactory(latitude=48.85, longitude=2.35)
    acting = OrganisationFactory()
    OrganisationTerritory.objects.create(organisation=acting, territory=loire)
    OrganisationFactory(latitude=45.5, longitude=4.4, closed_on=TODAY)
    closing = OrganisationFactory(latitude=45.5, longitude=4.4, closed_on=TODAY + timedelta(days=1))
    assert set(owners(asker.pk)) == {near.pk, acting.pk, closing.pk}
    assert far.pk not in owners(asker.pk)


def test_as_many_queries_whatever_the_number(asker, town, django_assert_num_queries) -> None:
    # Not an empty outbox: on PostgreSQL its first change would look like what is left of a pruned one.
    changed(OrganisationFactory(seat=town, goals=[4]).pk)
    owners(asker.pk)
    for count in (1, 19):
        made = [OrganisationFactory(seat=town, goals=[4, 8]).pk for _n in range(count)]
        PracticeFactory(goals=[4])
        PracticeFactory(goals=[8, 4])
        changed(*made)
        owners(asker.pk)
        with django_assert_num_queries(14):
            assert len(owners(asker.pk)) == 1 + (1 if count == 1 else 19)


def test_a_case_that_comes_and_one_that_goes(asker, town) -> None:
    OrganisationFactory(seat=town, goals=[4])

    def case() -> str | None:
        [line] = suggest.for_organisation(asker.pk, today=TODAY).lines
        return line.case.title if line.case else None

    assert case() is None
    made = PracticeFactory(title="Un café des métiers", goals=[4])
    with transaction.atomic():
        mark_changed("practice", [made.pk])
    assert case() == "Un café des métiers"
    made.delete()
    assert case() is None, "told by the database, not by memory"


def test_what_changes_is_seen_at_once(asker, town) -> None:
    one = OrganisationFactory(seat=town)
    assert owners(asker.pk) == [one.pk]
    two = OrganisationFactory(seat=town)
    changed(two.pk)
    assert set(owners(asker.pk)) == {one.pk, two.pk}
    Organisation.objects.filter(pk=one.pk).update(closed_on=TODAY)
    changed(one.pk)
    assert owners(asker.pk) == [two.pk]
    two.delete()
    changed(two.pk or 0)


def test_one_that_is_deleted_goes(asker, town) -> None:
    one = OrganisationFactory(seat=town)
    pk = one.pk
    assert owners(asker.pk) == [pk]
    one.delete()
    changed(pk)
    assert owners(asker.pk) == []


def test_a_process_that_starts_reads_the_folder_and_follows_from_there(asker, town, monkeypatch) -> None:
    one = OrganisationFactory(seat=town)
    changed(one.pk)  # an outbox that was never told of anything is one that may have been pruned
    owners(asker.pk)
    two = OrganisationFactory(seat=town)
    changed(two.pk)
    monkeypatch.setattr(live_module, "make", None)
    started = Live().engine()
    assert sorted(started.units.owner[: started.count].tolist()) == sorted([asker.pk, one.pk, two.pk])


@pytest.mark.parametrize("harm", ["cut", "gone", "other"])
def test_a_damaged_folder_is_made_anew(asker, town, settings, harm: str) -> None:
    OrganisationFactory(seat=town)
    before = owners(asker.pk)
    folder = settings.FAIREALLIANCE_HOME / "matching"
    serving = folder / (folder / "CURRENT").read_text()
    if harm == "cut":
        (serving / "rows.x.npy").write_bytes(b"\x93NUMPY")
    elif harm == "gone":
        (serving / "units.traits.npy").unlink()
    else:
        (serving / "base.json").write_text('{"format": 0}')
    live.forget()
    assert owners(asker.pk) == before


def test_when_there_is_no_spare_row_left_all_is_laid_out_anew(asker, town, monkeypatch) -> None:
    monkeypatch.setattr(live_module, "SPARE", 1)
    one = OrganisationFactory(seat=town)
    assert owners(asker.pk) == [one.pk]
    more = [OrganisationFactory(seat=town).pk for _n in range(5)]
    changed(*more)
    assert set(owners(asker.pk)) == {one.pk, *more}


def test_the_command_tells_what_it_knows_and_what_it_does_not(asker, town, loire) -> None:
    OrganisationFactory(name="La voisine", seat=town, goals=[4], themes=["emploi"])
    case = PracticeFactory(title="Un café des métiers", goals=[4], themes=["emploi"])
    PracticeTerritory.objects.create(practice=case, territory=loire)
    PracticeFactory(title="Ailleurs", goals=[4])
    out = io.StringIO()
    call_command("match", organisation=asker.pk, json=True, stdout=out)
    said = json.loads(out.getvalue())
    assert said["policy"] == current().version
    assert "Aucune complémentarité n’est affirmée." in said["limits"][0]
    [one] = said["suggestions"]
    assert one["name"] == "La voisine"
    assert one["parts"]["complementarity"] == {"value": 0.0, "weight": 0.45}
    assert list(one["gates"]) == ["territory", "dates", "spheres", "exclusions", "capacity", "audience"]
    assert one["case"]["title"] == "Un café des métiers"
    assert {reason["part"] for reason in one["reasons"]} == {"goals", "place"}
    assert "On ne sait pas ce qu’elle cherche ni ce qu’elle apporte : à lui demander." in one["missing"]


def test_the_command_in_words(asker, town) -> None:
    out = io.StringIO()
    call_command("match", organisation=asker.pk, stdout=out)
    assert "Personne ne peut être proposé" in out.getvalue()
    OrganisationFactory(name="La voisine", seat=town, goals=[4])
    changed(Organisation.objects.get(name="La voisine").pk)
    call_command("match", organisation=asker.pk, stdout=out)
    assert "La voisine" in out.getvalue()


@pytest.mark.parametrize("given", [{"organisation": 0}, {"organisation": 1, "limit": 0}])
def test_the_command_refuses_clearly(given: dict[str, int]) -> None:
    with pytest.raises(CommandError):
        call_command("match", **given)
