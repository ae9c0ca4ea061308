"""Never twice, and who may change what was said."""

import pytest
from django.core.exceptions import PermissionDenied

from fairealliance.accounts.actors import SYSTEM
from fairealliance.journal.models import Change, Entry
from fairealliance.organisations import actions
from fairealliance.organisations.models import Establishment, Organisation
from fairealliance.organisations.rows import EstablishmentRow, OrganisationRow
from tests.factories import OrganisationFactory, SourceFactory, TerritoryFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists():
    return SourceFactory(slug="liste", label="Une liste")


@pytest.fixture
def register():
    return SourceFactory(slug="registre", label="Un registre")


def row(key: str, fingerprint: str = "1", name: str = "Nom", **fields: object) -> OrganisationRow:
    return OrganisationRow(key, fingerprint, name)._replace(**fields)


def save(source, *rows: OrganisationRow, overrules: tuple[int, ...] = ()):
    return actions.save_batch(by=SYSTEM, source=source, rows=rows, overrules=overrules)


def test_a_siren_is_one_organisation_whoever_brings_it(lists, register):
    first = save(lists, row("a", siren="214202186"))
    second = save(register, row("b", siren="214202186", name="Autre nom"))
    assert first.ids["a"] == second.ids["b"] == Organisation.objects.get().pk
    assert Organisation.objects.get().name == "Nom"


def test_an_rna_number_then_a_key_say_it_too_but_never_a_name(lists, register):
    save(lists, row("a", rna="W751085568", name="Indigo"), row("b", name="Indigo"))
    outcome = save(register, row("x", rna="W751085568"), row("y", name="Indigo"))
    assert (len(outcome.created), outcome.ids["x"]) == (1, Organisation.objects.get(rna="W751085568").pk)
    assert save(lists, row("b", name="Indigo")).unchanged == ["b"]
    assert Organisation.objects.count() == 3


def test_two_rows_of_a_batch_about_one_organisation_are_one(lists):
    outcome = save(lists, row("a", siren="214202186"), row("b", siren="214202186", website="https://exemple.fr"))
    assert outcome.ids["a"] == outcome.ids["b"]
    assert Organisation.objects.get().website == "https://exemple.fr"


def test_numbers_that_belong_to_two_organisations_never_clash(lists):
    save(lists, row("a", siren="214202186"), row("b", rna="W751085568"))
    outcome = save(lists, row("c", siren="214202186", rna="W751085568"))
    assert outcome.ids["c"] == Organisation.objects.get(siren="214202186").pk
    assert Organisation.objects.get(siren="214202186").rna is None


def test_the_source_changes_what_it_said_and_erases_nothing(lists):
    save(lists, row("a", "1", phone="01", description="Un"))
    outcome = save(lists, row("a", "2", name="Nouveau nom", description="Deux"))
    known = Organisation.objects.get()
    assert (outcome.updated, known.name, known.slug) == (["a"], "Nouveau nom", "nouveau-nom")
    assert (known.description, known.phone) == ("Deux", "01")


def test_another_source_fills_blanks_only_and_comes_to_rest(lists, register):
    save(lists, row("a", siren="214202186", themes=("eau",), description="Un"))
    other = row("b", siren="214202186", name="X", themes=("eau", "foret"), description="Deux", email="a@b.fr")
    assert save(register, other).updated == ["b"]
    known = Organisation.objects.get()
    assert (known.name, known.description, known.email, known.themes) == ("Nom", "Un", "a@b.fr", ["eau", "foret"])
    assert save(register, other).unchanged == ["b"]
    assert save(lists, row("a", siren="214202186", themes=("eau",), description="Un")).unchanged == ["a"]


def test_a_source_that_overrules_takes_over_and_keeps_what_it_does_not_know(lists, register):
    save(lists, row("a", siren="214202186", description="Un"))
    save(register, row("b", siren="214202186", name="Nom officiel"), overrules=(lists.pk,))
    known = Organisation.objects.get()
    assert (known.name, known.description, known.source) == ("Nom officiel", "Un", register)
    assert save(lists, row("a", siren="214202186", description="Un")).unchanged == ["a"]
    assert save(register, row("b", siren="214202186", name="Nom officiel"), overrules=(lists.pk,)).unchanged == ["b"]


def test_taking_over_never_takes_a_key_already_borne(lists, register):
    save(register, row("k", name="Celle du registre"))
    save(lists, row("a", siren="214202186"))
    save(register, row("k", "2", siren="214202186"), overrules=(lists.pk,))
    assert set(Organisation.objects.values_list("source_key", "siren")) == {("k", None), ("a", "214202186")}


def test_a_point_is_never_half_of_one_source_and_half_of_another(lists, register):
    save(lists, row("a", siren="214202186", latitude=45.0, longitude=4.0, precision="town"))
    save(register, row("b", siren="214202186", latitude=46.0, longitude=5.0, precision="exact"), overrules=(lists.pk,))
    known = Organisation.objects.get()
    assert (known.latitude, known.longitude, known.precision) == (46.0, 5.0, "exact")


def test_territories_of_action_add_up_and_a_new_one_is_a_change(lists, register):
    here, there = TerritoryFactory(), TerritoryFactory()
    save(lists, row("a", siren="214202186", territories=(here.pk,)))
    assert save(register, row("b", siren="214202186", territories=(there.pk, here.pk))).updated == ["b"]
    assert set(Organisation.objects.get().territories.all()) == {here, there}
    assert save(register, row("b", siren="214202186", territories=(there.pk, here.pk))).unchanged == ["b"]


def test_every_change_and_nothing_else_goes_to_the_outbox(lists):
    save(lists, row("a"), row("b"))
    save(lists, row("a"), row("b", "2", name="Autre"))
    keys = list(Change.objects.filter(kind="organisation").values_list("key", flat=True))
    a, b = (str(Organisation.objects.get(source_key=key).pk) for key in "ab")
    assert sorted(keys) == sorted([a, b, b])


def test_those_we_know_are_found_by_their_siren():
    known = OrganisationFactory(siren="214202186", name="Connue")
    assert actions.known_by_siren(["214202186", "200078004"]) == {"214202186": known.pk}


def test_one_at_a_time_under_the_same_rules(lists):
    made, outcome = actions.save(by=SYSTEM, source=lists, key="a", name="Une", siren="214202186")
    assert (made.siren, outcome) == ("214202186", "created")
    assert Entry.objects.get(verb="organisation-created").subject == f"organisation:{made.pk}"


def test_an_establishment_is_one_per_siret(lists):
    town = OrganisationFactory()
    place = EstablishmentRow("21420218600018", town.pk, "Mairie")
    assert actions.save_establishments(by=SYSTEM, rows=[place]).created == ["21420218600018"]
    assert actions.save_establishments(by=SYSTEM, rows=[place]).unchanged == ["21420218600018"]
    assert actions.save_establishments(by=SYSTEM, rows=[place._replace(name="Hôtel de ville")]).updated
    assert Establishment.objects.get().name == "Hôtel de ville"


@pytest.mark.parametrize("is_secretariat", [True, False])
def test_only_the_secretariat_and_the_system_write(lists, is_secretariat):
    person = UserFactory(is_secretariat=is_secretariat)

    def act():
        actions.save_batch(by=person, source=lists, rows=[row("a")])

    if is_secretariat:
        act()
        assert Organisation.objects.count() == 1
        return
    with pytest.raises(PermissionDenied):
        act()
    with pytest.raises(PermissionDenied):
        actions.save_establishments(by=person, rows=[])
    with pytest.raises(PermissionDenied):
        actions.remove_demo(by=person)
    assert not Organisation.objects.exists()
