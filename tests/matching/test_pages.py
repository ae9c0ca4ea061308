"""/mon-espace/suggestions/: who reads it, why each is there, what is not for us, the letter of the week."""

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.mailing.models import Notice
from fairealliance.matching import digest
from fairealliance.matching.models import Attention, Digest, Refusal
from fairealliance.needs.enums import Side
from fairealliance.organisations.models import Organisation, OrganisationTerritory
from fairealliance.territories.models import Membership, Territory
from tests.factories import OrganisationFactory, PracticeFactory, TerritoryFactory
from tests.needs.cast import published
from tests.organisations.cast import entered, join, mails_to, person, read

pytestmark = pytest.mark.django_db
HERE = "/mon-espace/suggestions/"
MONDAY = date(2026, 11, 23)


@pytest.fixture
def town() -> Territory:
    return TerritoryFactory(code="42218", name="Saint-Étienne", latitude=45.4397, longitude=4.3872)


@pytest.fixture
def halle(town: Territory) -> Organisation:
    return OrganisationFactory(name="La Halle", sphere="association", seat=town, goals=[4])


@pytest.fixture
def mia(halle: Organisation) -> User:
    user = person("mia@exemple.fr")
    join(halle, user)
    return user


@pytest.fixture
def ann(town: Territory) -> User:
    """Of a company near by, that offers a place."""
    company = OrganisationFactory(name="Atelier Durand", sphere="entreprise", seat=town, goals=[4])
    user = person("ann@exemple.fr")
    join(company, user)
    return user


def durand() -> Organisation:
    return Organisation.objects.get(name="Atelier Durand")


def at(day: date, hour: int = 4) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def test_why_each_is_there_and_which_offer_answers(mia: User, ann: User, halle: Organisation) -> None:
    published(mia, halle, title="Un local pour nous")
    offer = published(ann, durand(), Side.OFFER, title="Un local à prêter")
    case = PracticeFactory(title="Un garage solidaire", goals=[4])
    answer = entered(mia).get(HERE, follow=True)
    page = read(answer)
    assert answer.redirect_chain == [(f"{HERE}{halle.pk}/", 302)], "she acts for one only"
    assert f'id="organisation-{durand().pk}"' in page
    assert "Apporte ce que vous cherchez : locaux." in page
    assert "Même objectif : ODD 4" in page
    assert offer.title in page
    assert offer.get_absolute_url() in page
    assert case.title in page
    assert "Ce que l’on ne sait pas" in page


def test_who_is_merely_near_is_not_said_to_answer(mia: User, ann: User, halle: Organisation, town: Territory) -> None:
    near = OrganisationFactory(name="Un voisin", sphere="association", seat=town, goals=[4])
    page = read(entered(mia).get(HERE, follow=True))
    assert "Vous vous complétez" not in page
    assert page.index("Rien ne dit encore") < page.index(f'id="organisation-{near.pk}"')
    published(mia, halle, title="Un local pour nous")
    published(ann, durand(), Side.OFFER, title="Un local à prêter")
    page = read(entered(mia).get(HERE, follow=True))
    order = [
        "Vous vous complétez",
        f'id="organisation-{durand().pk}"',
        "Peut-être aussi",
        f'id="organisation-{near.pk}"',
    ]
    assert sorted(order, key=page.index) == order


def test_what_the_profile_lacks_is_said_when_there_is_nobody(mia: User, halle: Organisation) -> None:
    page = read(entered(mia).get(f"{HERE}{halle.pk}/"))
    assert "Personne à vous proposer pour l’instant" in page
    assert "Ce que vous cherchez et apportez n’est pas renseigné" in page
    assert f"/mon-espace/organisations/{halle.pk}/fiche/" in page


def test_who_acts_for_none_is_led_to_their_organisation() -> None:
    page = read(entered(person("oscar@exemple.fr")).get(HERE))
    assert "Dites d’abord pour qui vous agissez" in page


def test_those_of_others_do_not_exist(mia: User, ann: User, halle: Organisation) -> None:
    for who in (entered(ann), entered(person("oscar@exemple.fr"))):
        for address in ("", "ecartees/", f"ecarter/{durand().pk}/"):
            assert who.get(f"{HERE}{halle.pk}/{address}").status_code == 404
        assert who.post(f"{HERE}{halle.pk}/ecarter/{durand().pk}/", {"reason": "values"}).status_code == 404
    assert Client().get(f"{HERE}{halle.pk}/").status_code == 302
    assert not Refusal.objects.exists()


def test_not_for_us_holds_at_once_both_ways_and_can_be_undone(mia: User, ann: User, halle: Organisation) -> None:
    client, name = entered(mia), "Atelier Durand"
    assert name in read(client.get(f"{HERE}{halle.pk}/"))
    address = f"{HERE}{halle.pk}/ecarter/{durand().pk}/"
    answer = client.post(address, {"reason": ""})
    assert answer.status_code == 422
    assert "Choisissez une raison." in read(answer)
    said = read(client.post(address, {"reason": "too_far", "note": "Trop loin pour nous."}, follow=True))
    assert "ne vous sera plus proposée" in said
    assert f'id="organisation-{durand().pk}"' not in said
    assert "La Halle" not in read(entered(ann).get(f"{HERE}{durand().pk}/")), "nor are we shown to them"
    listed = read(client.get(f"{HERE}{halle.pk}/ecartees/"))
    assert "Trop loin pour nous." in listed
    back = read(client.post(f"{HERE}{halle.pk}/reprendre/{durand().pk}/", follow=True))
    assert f'id="organisation-{durand().pk}"' in back
    assert not Refusal.objects.exists()
    assert client.post(f"{HERE}{halle.pk}/reprendre/{durand().pk}/").status_code == 302, "done again, it is done once"


def test_reading_again_the_same_day_is_not_being_shown_again(mia: User, ann: User, halle: Organisation) -> None:
    client = entered(mia)
    client.head(f"{HERE}{halle.pk}/")
    assert not Attention.objects.exists()
    for _turn in range(3):
        client.get(f"{HERE}{halle.pk}/")
    assert Attention.objects.get(pk=durand().pk).times_shown == 1


def test_as_many_queries_for_one_as_for_twenty(
    mia: User, ann: User, halle: Organisation, town: Territory, django_assert_num_queries
) -> None:
    client = entered(mia)
    published(ann, durand(), Side.OFFER, title="Un local à prêter")
    PracticeFactory(goals=[4])
    client.get(f"{HERE}{halle.pk}/")
    with django_assert_num_queries(24):
        client.get(f"{HERE}{halle.pk}/")
    for n in range(20):
        other = OrganisationFactory(name=f"Maison {n}", sphere="entreprise", seat=town, goals=[4])
        join(other, ann)
        published(ann, other, Side.OFFER, title=f"Local {n}")
    client.get(f"{HERE}{halle.pk}/")
    with django_assert_num_queries(24):
        page = read(client.get(f"{HERE}{halle.pk}/"))
    assert page.count('class="suggestion"') == 20


def test_its_page_says_who_could_answer_a_need_to_its_own_only(mia: User, ann: User, halle: Organisation) -> None:
    need = published(mia, halle, title="Un local pour nous")
    offer = published(ann, durand(), Side.OFFER, title="Un local à prêter")
    page = read(entered(mia).get(need.get_absolute_url()))
    assert "Qui pourrait y répondre" in page
    assert offer.title in page.split("Qui pourrait y répondre")[1]
    for other in (Client(), entered(ann)):
        assert "Qui pourrait y répondre" not in read(other.get(need.get_absolute_url()))


def test_the_letter_of_the_week_goes_once_and_goes_on_where_it_stopped(
    mia: User, ann: User, halle: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert digest.write_due(at(MONDAY - timedelta(days=1))) == 0, "on Sunday nothing is due"
    told, write = [], digest._write

    def broken(pk: int, *rest: object) -> int:
        if told:
            raise KeyboardInterrupt
        told.append(pk)
        return write(pk, *rest)

    monkeypatch.setattr(digest, "_write", broken)
    with pytest.raises(KeyboardInterrupt):
        digest.write_due(at(MONDAY), batch=1)
    assert Notice.objects.count() == 1
    monkeypatch.setattr(digest, "_write", write)
    assert digest.write_due(at(MONDAY), batch=1) == 1
    assert digest.write_due(at(MONDAY, 12)) == 0
    assert {notice.due_at for notice in Notice.objects.all()} == {at(MONDAY, 7)}
    assert Notice.objects.values("user").distinct().count() == 2
    assert digest.write_due(at(MONDAY + timedelta(days=7))) == 2, "the next week has its own"


def test_without_its_cursor_a_week_would_begin_again(mia: User, ann: User) -> None:
    digest.write_due(at(MONDAY))
    Notice.objects.all().delete()
    assert digest.write_due(at(MONDAY)) == 0
    Digest.objects.all().delete()
    assert digest.write_due(at(MONDAY)) == 2


@pytest.mark.parametrize("has_neighbour", [False, True])
def test_no_letter_only_tells_of_who_acts_everywhere(
    mia: User, halle: Organisation, town: Territory, has_neighbour: bool
) -> None:
    france = TerritoryFactory(level="pays", code="FR", name="France", slug="france")
    Membership.objects.create(child=town, parent=france)
    everywhere = OrganisationFactory(name="Partout")
    OrganisationTerritory.objects.create(organisation=everywhere, territory=france)
    if has_neighbour:
        OrganisationFactory(name="Un voisin", sphere="association", seat=town)
    assert everywhere.name in read(entered(mia).get(HERE, follow=True))
    assert digest.write_due(at(MONDAY)) == int(has_neighbour)


def test_the_letter_says_who_why_and_where_to_read_more(mia: User, ann: User, halle: Organisation) -> None:
    published(mia, halle)
    published(ann, durand(), Side.OFFER, title="Un local à prêter")
    digest.write_due(at(MONDAY))
    Notice.objects.update(due_at=timezone.now())
    [letter] = mails_to("mia@exemple.fr")
    assert letter.subject == "Avec qui « La Halle » pourrait faire alliance"
    assert "Atelier Durand : Un local à prêter" in letter.body
    assert "Apporte ce que vous cherchez : locaux." in letter.body
    assert f"{HERE}{halle.pk}/" in letter.body
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert "Atelier Durand" in html


def test_the_letter_says_what_is_invented(mia: User, ann: User, halle: Organisation) -> None:
    Organisation.objects.update(is_demo=True)
    digest.write_due(at(MONDAY))
    assert "[Contenu inventé] Atelier Durand" in Notice.objects.get(user=mia).text


def test_who_is_in_a_letter_was_shown(mia: User, ann: User, halle: Organisation) -> None:
    """Once a week, however many are members, and nobody when nobody is told."""
    join(halle, person("zoe@exemple.fr"))
    digest.write_due(at(MONDAY))
    assert Attention.objects.get(pk=durand().pk).times_shown == 1
    digest.write_due(at(MONDAY, 12))
    assert Attention.objects.get(pk=durand().pk).times_shown == 1


def test_what_another_worker_wrote_meanwhile_is_not_written_again(
    mia: User, ann: User, halle: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, reckon = [True], digest.suggest.for_organisations

    def beside(ids: list[int], *, limit: int) -> object:
        if first:
            first.clear()
            Digest.objects.update(last=halle.pk)
        return reckon(ids, limit=limit)

    monkeypatch.setattr(digest.suggest, "for_organisations", beside)
    told = digest.write_due(at(MONDAY), batch=1)
    letters = set(Notice.objects.values_list("user__email", flat=True))
    assert (told, letters) == (1, {"ann@exemple.fr"})
