"""Which alliances are possible: in a territory, from what is public; where one helps, for catalysts and mediators."""

import pytest
from django.test import Client

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.matching import actions, pairs
from fairealliance.needs.enums import Side, Visibility
from fairealliance.needs.models import Need
from fairealliance.network.models import Mediator
from fairealliance.organisations.models import Organisation
from fairealliance.organisations.profiles import actions as profiles
from fairealliance.territories.models import Membership, Territory
from tests.factories import OrganisationFactory, PracticeFactory, TerritoryFactory
from tests.needs.cast import published
from tests.network.cast import catalyst
from tests.organisations.cast import entered, join, person, read

pytestmark = pytest.mark.django_db
HERE = "/mon-espace/suggestions/territoire/"


@pytest.fixture
def loire() -> Territory:
    return TerritoryFactory(level="departement", code="42", name="Loire", latitude=45.7, longitude=4.2)


@pytest.fixture
def town(loire: Territory) -> Territory:
    made = TerritoryFactory(code="42218", name="Saint-Étienne", latitude=45.4397, longitude=4.3872)
    Membership.objects.create(child=made, parent=loire)
    return made


def seated(town: Territory, name: str, sphere: str = "association") -> Organisation:
    made = OrganisationFactory(name=name, sphere=sphere, seat=town, goals=[4])
    join(made, person(f"{made.pk}@exemple.fr"))
    return made


def says(organisation: Organisation, side: Side = Side.NEED, **said: object) -> None:
    published(organisation.members.get().user, organisation, side, **said)


@pytest.fixture
def pair(town: Territory) -> tuple[Organisation, Organisation]:
    """One seeks a place, the other offers one."""
    halle, durand = seated(town, "La Halle"), seated(town, "Atelier Durand", "entreprise")
    says(halle, title="Un local pour nous")
    says(durand, Side.OFFER, title="Un local à prêter")
    return halle, durand


def names(possible: pairs.Possible) -> list[set[str]]:
    return [{pair.first.name, pair.second.name} for pair in possible.pairs]


def test_who_could_ally_here_and_why(pair: tuple[Organisation, ...], town: Territory, loire: Territory) -> None:
    case = PracticeFactory(title="Un garage solidaire", goals=[4])
    for territory in (town, loire):
        answer = Client().get(f"{territory.get_absolute_url()}alliances/")
        page = read(answer)
        assert answer.status_code == 200
        assert page.count('class="suggestion"') == 1, "one pair, not once for each"
        assert "Atelier Durand apporte ce que La Halle cherche : locaux." in page
        assert "Même objectif : ODD 4" in page
        assert case.title in page
        assert "Proposer aux deux" not in page
    assert f"/territoires/departement/42-{loire.slug}/alliances/" in read(Client().get(loire.get_absolute_url()))


def test_who_acts_from_afar_is_named(pair: tuple[Organisation, ...], town: Territory) -> None:
    far = OrganisationFactory(name="Conseil de loin", sphere="entreprise", goals=[4])
    join(far, person("loin@exemple.fr"))
    published(far.members.get().user, far, Side.OFFER, title="Un local en ligne", place_0="", is_remote="on")
    page = read(Client().get(f"{town.get_absolute_url()}alliances/"))
    assert "Conseil de loin : Peut agir à distance." in page
    assert "Conseil de loin propose\xa0:" in page


def test_elsewhere_there_is_nobody_and_it_is_said(pair: tuple[Organisation, ...]) -> None:
    other = TerritoryFactory(code="69123", name="Lyon", latitude=45.76, longitude=4.83)
    assert "Personne ici ne dit encore" in read(Client().get(f"{other.get_absolute_url()}alliances/"))


def test_a_country_is_no_place_to_meet() -> None:
    france = TerritoryFactory(level="pays", code="FR", name="France")
    assert Client().get(f"{france.get_absolute_url()}alliances/").status_code == 404
    assert "Alliances possibles" not in read(Client().get(france.get_absolute_url()))


def test_alike_but_not_complementary_is_no_alliance(town: Territory) -> None:
    for name in ("La Halle", "Le Hangar"):
        says(seated(town, name), title=f"Un local pour {name}")
    possible = pairs.possible([town.pk])
    assert (possible.told, possible.pairs) == (2, ())
    assert "aucune ne répond à une autre" in read(Client().get(f"{town.get_absolute_url()}alliances/"))


def test_who_set_the_other_aside_is_in_no_pair(pair: tuple[Organisation, ...], town: Territory) -> None:
    halle, durand = pair
    assert names(pairs.possible([town.pk])) == [{"La Halle", "Atelier Durand"}]
    actions.refuse(by=SYSTEM, organisation=durand, other=halle, reason="too_far")
    assert names(pairs.possible([town.pk])) == []


def test_what_the_network_is_told_is_for_those_who_are_of_it(town: Territory) -> None:
    """A catalyst or a mediator is not, unless they act for an organisation as well."""
    halle, durand = seated(town, "La Halle"), seated(town, "Atelier Durand", "entreprise")
    says(halle, title="Un local pour nous", visibility=Visibility.NETWORK)
    says(durand, Side.OFFER, title="Un local à prêter")
    assert "Atelier Durand" not in read(Client().get(f"{town.get_absolute_url()}alliances/"))
    helper, mediator = catalyst("elise@exemple.fr", town).user, person("etat@exemple.fr")
    assert entered(mediator).get(HERE).status_code == 403
    Mediator.objects.create(user=mediator, territory=town)
    for who in (helper, mediator):
        page = read(entered(who).get(HERE))
        assert "Un local pour nous" not in page
        assert "La Halle" not in page
        assert "réservé au réseau" in page
        join(OrganisationFactory(), who)
        page = read(entered(who).get(HERE))
        assert "Atelier Durand apporte ce que La Halle cherche" in page
        assert ("/mises-en-relation/proposer/?a=" in page) == (who == helper), "a mediator does not propose"


def test_a_need_hidden_since_is_not_named(pair: tuple[Organisation, ...], town: Territory) -> None:
    pairs.possible([town.pk])
    Need.objects.filter(side=Side.OFFER).update(visibility=Visibility.NETWORK)  # and the columns have not heard of it
    assert [each.need for each in pairs.possible([town.pk]).pairs] == [None]


def test_the_invented_are_shown_among_themselves_only(town: Territory) -> None:
    halle, durand = seated(town, "La Halle"), seated(town, "Atelier Durand", "entreprise")
    Organisation.objects.filter(pk=durand.pk).update(is_demo=True)
    says(halle, title="Un local pour nous")
    says(durand, Side.OFFER, title="Un local à prêter")
    possible = pairs.possible([town.pk])
    assert (possible.told, possible.pairs) == (1, ())
    assert "Atelier Durand" not in read(entered(halle.members.get().user).get(f"/mon-espace/suggestions/{halle.pk}/"))
    hangar = seated(town, "Le Hangar")
    Organisation.objects.filter(pk=hangar.pk).update(is_demo=True)
    says(hangar, title="Un local pour un hangar")
    assert names(pairs.possible([town.pk], invented=True)) == [{"Atelier Durand", "Le Hangar"}]
    User.objects.filter(pk=durand.members.get().user_id).update(is_demo=True)
    page = read(entered(durand.members.get().user).get(f"{town.get_absolute_url()}alliances/"))
    assert "Le Hangar" in page


def test_what_its_profile_tells_is_not_said_to_be_unknown(pair: tuple[Organisation, ...], town: Territory) -> None:
    halle, durand = pair
    page = read(Client().get(f"{town.get_absolute_url()}alliances/"))
    assert "On ne sait pas ce qu’apporte La Halle." in page
    for organisation, told in ((halle, {"brings": ["funding"]}), (durand, {"seeks": ["other"]})):
        profiles.tell(by=SYSTEM, organisation=organisation, version=0, said=told)
    page = read(Client().get(f"{town.get_absolute_url()}alliances/"))
    assert "Atelier Durand apporte ce que La Halle cherche : locaux." in page
    assert "On ne sait pas" not in page
    page = read(entered(halle.members.get().user).get(f"/mon-espace/suggestions/{halle.pk}/"))
    assert "On ne sait pas ce qu’elle cherche." not in page


def test_one_of_ones_territories_or_all_of_them(pair: tuple[Organisation, ...], town: Territory) -> None:
    lyon = TerritoryFactory(code="69123", name="Lyon", latitude=45.76, longitude=4.83)
    helper = catalyst("elise@exemple.fr", town, lyon).user
    client = entered(helper)
    assert "Atelier Durand" in read(client.get(HERE))
    assert "Atelier Durand" in read(client.get(HERE, {"ou": town.ref}))
    assert "Atelier Durand" not in read(client.get(HERE, {"ou": lyon.ref}))
    assert client.get(HERE, {"ou": "commune:75056"}).status_code == 404
    assert "Alliances possibles" in read(client.get("/mon-espace/"))
    assert client.get(HERE).headers["Cache-Control"].startswith("max-age=0")


def test_nobody_takes_the_whole_list(town: Territory) -> None:
    says(seated(town, "Grande Maison", "entreprise"), Side.OFFER, title="Un local à prêter")
    for n in range(6):
        says(seated(town, f"Petite {n}"), title=f"Un local {n}")
    found = names(pairs.possible([town.pk]))
    assert len(found) == 3
    assert all("Grande Maison" in pair for pair in found)


def test_as_many_queries_for_one_pair_as_for_many(
    pair: tuple[Organisation, ...], town: Territory, django_assert_num_queries
) -> None:
    PracticeFactory(goals=[4])
    pairs.possible([town.pk])
    with django_assert_num_queries(15):
        pairs.possible([town.pk])
    for n in range(5):
        says(seated(town, f"Petite {n}"), title=f"Un local {n}")
        says(seated(town, f"Maison {n}", "entreprise"), Side.OFFER, title=f"Local {n}")
    pairs.possible([town.pk])
    with django_assert_num_queries(15):
        assert len(pairs.possible([town.pk]).pairs) > 5
