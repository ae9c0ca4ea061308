"""The invented world acts in its own: neither its people nor its figures reach the real one, nor the other way."""

import pytest
from django.test import Client

from fairealliance.accounts.models import User
from fairealliance.lib.lives import NotAllowed
from fairealliance.mailing.models import Notice
from fairealliance.network import actions
from fairealliance.network.actions.asking import Asked
from fairealliance.network.choosing import in_order
from fairealliance.network.coverage import matrix
from fairealliance.network.enums import Status
from fairealliance.network.models import Catalyst, Mediator, SupportRequest
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory
from tests.network.cast import catalyst
from tests.organisations import cast
from tests.organisations.cast import entered, read


@pytest.fixture
def invented(loire: Territory) -> Catalyst:
    """Somebody of the invented world, who covers all of the département."""
    return catalyst(cast.person("elise@demo.invalid", is_demo=True), loire, name="Élise Inventée")


@pytest.fixture
def nora(db: None) -> User:
    return cast.person("nora@demo.invalid", is_demo=True)


@pytest.fixture
def simone(db: None) -> User:
    """The invented secretariat."""
    return cast.person("simone@demo.invalid", is_demo=True, is_secretariat=True)


def asked(by: User, town: Territory, key: str = "k", **facts) -> SupportRequest:
    return actions.ask(by=by, asked=Asked(town, "Des jeunes sans emploi.", sector="emploi", **facts), page_key=key)


def test_a_real_request_is_never_offered_to_somebody_invented(ana, town, invented, cleo, editor, simone) -> None:
    assert asked(ana, town).catalyst == cleo
    Catalyst.objects.filter(pk=cleo.pk).delete()
    made = asked(ana, town, "k2")
    assert (made.status, made.is_blank, made.is_demo) == (Status.DESK, True, False)
    assert Notice.objects.filter(user=editor, event__startswith=made.ref).exists()
    assert not Notice.objects.filter(user__is_demo=True).exists()


def test_an_invented_request_goes_to_somebody_invented_then_to_the_invented_desk(
    nora, town, invented, cleo, editor, simone
) -> None:
    made = asked(nora, town)
    assert (made.catalyst, made.is_demo) == (invented, True)
    made = actions.decline(by=invented.user, request=made, reason="Non.")
    assert (made.status, made.catalyst) == (Status.DESK, None)
    assert not Notice.objects.filter(user__is_demo=False).exists()
    assert Notice.objects.filter(user=simone).exists()


def test_whoever_asks_for_an_invented_organisation_plays(ana, town, invented, cleo) -> None:
    organisation = cast.organisation(is_demo=True)
    cast.join(organisation, ana)
    assert asked(ana, town, organisation=organisation).catalyst == invented


def test_the_desk_names_nobody_of_the_other_world(ana, town, loire, invented, desk, editor) -> None:
    made = asked(ana, town)
    Mediator.objects.create(user=invented.user, territory=loire)
    assert "Élise Inventée" not in read(desk.get(f"/gestion/catalyseurs/appuis/{made.pk}/"))
    with pytest.raises(NotAllowed):
        actions.offer_to(by=editor, request=made, catalyst=invented)


def test_one_hands_on_to_nobody_of_the_other_world(nora, town, invented, cleo) -> None:
    made = asked(nora, town)
    assert "Cléo Relie" not in read(entered(invented.user).get(made.get_absolute_url()))
    with pytest.raises(NotAllowed):
        actions.hand_on(by=invented.user, request=made, reason="Non.", to=cleo)
    assert in_order(town, is_demo=True) == [invented]
    assert in_order(town) == [cleo]


def test_no_figure_counts_it(nora, town, invented, elsewhere) -> None:
    asked(nora, elsewhere)
    assert SupportRequest.objects.get().is_blank
    found = matrix(Level.DEPARTEMENT)
    assert (found.blanks, found.asked) == (found.cells, 0)


def test_it_is_shown_and_marked(invented, cleo) -> None:
    page = read(Client().get("/catalyseurs/"))
    assert "Élise Inventée" in page
    assert "Contenu inventé" in page
    assert "1 catalyseur" in page
    assert "2 catalyseurs" not in page
    assert "1 profil inventé, qui n’est pas compté" in page
    assert "Contenu inventé" in read(Client().get(invented.get_absolute_url()))
    assert "Contenu inventé" not in read(Client().get(cleo.get_absolute_url()))


def test_the_map_tells_them_apart(loire, invented) -> None:
    Territory.objects.filter(pk=loire.pk).update(latitude=45.7, longitude=4.2)
    assert "Loire : 1 profil inventé" in read(Client().get("/catalyseurs/"))
    catalyst("c@exemple.fr", loire)
    assert "Loire : 1 catalyseur, 1 profil inventé" in read(Client().get("/catalyseurs/"))


def test_a_profile_is_proposed_to_its_own_desk(invented, simone, editor, loire) -> None:
    said = {name: getattr(invented, name) for name in ("name", "presentation", "skills", "capacity")}
    said |= {"absent_from": None, "absent_until": None, "trades": ["dialogue"], "sectors": ["emploi"]}
    Catalyst.objects.all().delete()
    actions.save(by=invented.user, said={**said, "organisation": None, "territories": [loire]})
    assert [each.user for each in Notice.objects.select_related("user")] == [simone]


def test_what_it_asked_goes_with_it(nora, ana, town, invented, cleo, editor, oscar) -> None:
    mine = asked(ana, town)
    asked(nora, town)
    with pytest.raises(Exception, match="Cela ne vous revient pas"):
        actions.remove_invented(by=oscar)
    assert actions.remove_invented(by=editor) == 1
    assert list(SupportRequest.objects.all()) == [mine]
