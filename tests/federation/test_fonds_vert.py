"""Practices from a real format, with every quirk it is known for."""

import csv
from decimal import Decimal

import pytest

from fairealliance.journal.models import Change, Entry
from fairealliance.organisations.models import Organisation
from fairealliance.practices.models import Practice
from tests.factories import OrganisationFactory
from tests.federation.conftest import fonds_vert
from tests.sql import content_of_tables


def report_rows(done) -> list[list[str]]:
    with done.report.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))[1:]


def test_a_sentence_without_its_cell_is_left_out(load, world):
    load("fonds-vert", fonds_vert({"axe": " "}, {"axe": "9", "numero_dossier_ds": "101"}))
    blank, other = Practice.objects.order_by("source_key")
    assert blank.summary == "Rénovation énergétique des bâtiments publics locaux."
    assert other.summary.endswith("locaux. Projet local aidé par l’État au titre du Fonds vert, axe 9.")


def test_a_row_becomes_a_practice_with_its_partners_place_goals_and_source(load, world):
    done = load("fonds-vert", fonds_vert())
    assert (done.tally.read, done.tally.created, done.report) == (1, 1, None)
    practice = Practice.objects.get()
    assert practice.title == "Rénovation de l’école"
    assert practice.slug == "renovation-de-l-ecole"
    assert practice.summary == (
        "Rénovation énergétique des bâtiments publics locaux. "
        "Projet local aidé par l’État au titre du Fonds vert, axe « performance environnementale »."
    )
    assert practice.funding == "21 667,00 € engagés par l’État (Fonds vert, 2023)."
    assert practice.cost is None
    assert (practice.goals, practice.themes, practice.start_year) == ([7, 13, 11], ["renovation-energetique"], 2023)
    assert practice.source.slug == "fonds-vert-2023"
    assert (practice.source_key, practice.is_demo) == ("100", False)
    assert list(practice.territories.all()) == [world.saint_etienne]
    assert (practice.latitude, practice.precision) == (world.saint_etienne.latitude, world.saint_etienne.precision)
    beneficiary, funder = practice.partners.all()
    assert (beneficiary.role, beneficiary.amount, beneficiary.sphere) == (
        "beneficiary",
        Decimal("21667.00"),
        "collectivite",
    )
    assert beneficiary.organisation.siren == "214202186"
    assert (funder.name, funder.role, funder.organisation) == ("État – Fonds vert", "funder", None)


def test_the_same_file_twice_changes_nothing(load):
    text = fonds_vert({}, {"numero_dossier_ds": "101", "nom_du_projet": "Autre"})
    load("fonds-vert", text)
    before = content_of_tables()
    changes = Change.objects.count()
    again = load("fonds-vert", text).tally
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    assert content_of_tables() == before
    assert Change.objects.count() == changes


def test_a_row_that_changed_updates_its_practice_and_its_links(load):
    load("fonds-vert", fonds_vert({}))
    done = load("fonds-vert", fonds_vert({"nom_du_projet": "Rénovation du gymnase", "siren": "200078004"}))
    assert (done.tally.created, done.tally.updated) == (0, 1)
    practice = Practice.objects.get()
    assert (practice.title, practice.slug) == ("Rénovation du gymnase", "renovation-du-gymnase")
    assert practice.partners.first().organisation.siren == "200078004"
    assert practice.partners.count() == 2
    assert list(Change.objects.filter(kind="practice").values_list("key", flat=True)) == [str(practice.pk)] * 2


def test_a_dry_run_counts_everything_and_writes_nothing(load):
    before = content_of_tables()
    done = load("fonds-vert", fonds_vert({}, {"numero_dossier_ds": "101"}), dry_run=True)
    assert done.tally.created == 2
    assert content_of_tables() == before
    assert not Entry.objects.exists()


def test_a_lost_zero_is_put_back_when_the_departement_or_the_name_agrees(load):
    done = load(
        "fonds-vert",
        fonds_vert(
            {"code_commune": "1004", "code_departement": "1", "nom_commune": "?"},
            {
                "numero_dossier_ds": "2",
                "code_commune": "1004",
                "code_departement": "42",
                "nom_commune": "AMBERIEU EN BUGEY",
            },
            {"numero_dossier_ds": "3", "code_commune": "1004", "code_departement": "42", "nom_commune": "AILLEURS"},
        ),
    )
    assert done.tally.repaired["zero-initial"] == 2
    assert done.tally.repaired["departement-seul"] == 1
    refs = {practice.source_key: practice.territories.get().ref for practice in Practice.objects.all()}
    assert refs == {"100": "commune:01004", "2": "commune:01004", "3": "departement:42"}


def test_an_old_code_an_unknown_one_and_none_at_all(load, world):
    done = load(
        "fonds-vert",
        fonds_vert(
            {"numero_dossier_ds": "1", "code_commune": "42999"},
            {"numero_dossier_ds": "2", "code_commune": "42888", "nom_commune": "St Chamond"},
            {"numero_dossier_ds": "3", "code_commune": "NULL", "nom_commune": "NULL"},
            {"numero_dossier_ds": "4", "code_commune": "NULL", "nom_commune": "NULL", "code_departement": "XX"},
        ),
    )
    assert done.tally.repaired == {"ancien-code": 1, "retrouve-par-le-nom": 1, "departement-seul": 1}
    assert done.tally.rejected == 1
    assert report_rows(done)[-1][:3] == ["5", "rejetée", "code_commune"]
    places = {p.source_key: p.territories.get() for p in Practice.objects.all()}
    assert places == {"1": world.saint_etienne, "2": world.communes[1], "3": world.loire}


@pytest.mark.parametrize(
    ("siren", "kept", "kind"),
    [
        ("21420218600018", "214202186", "siren-tire-du-siret"),
        ("5450140", None, "valeur-ecartee"),
        ("214202187", None, "valeur-ecartee"),
        ("", None, None),
    ],
)
def test_a_wrong_identifier_does_not_lose_the_row(load, siren, kept, kind):
    done = load("fonds-vert", fonds_vert({"siren": siren}))
    assert (done.tally.created, done.tally.rejected) == (1, 0)
    assert dict(done.tally.repaired) == ({kind: 1} if kind else {})
    organisation = Practice.objects.get().partners.first().organisation
    assert (organisation.siren if organisation else None) == kept


def test_a_commune_known_by_its_siren_is_named_as_it_should(load):
    load("fonds-vert", fonds_vert({"siren": "210100046", "nom_beneficiaire_principal": "AMBERIEU"}))
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.seat.code) == ("Ambérieu-en-Bugey (commune)", "01004")


def test_an_organisation_we_know_is_linked_and_left_as_it_is(load):
    known = OrganisationFactory(name="Ville de Saint-Étienne", siren="214202186", sphere="")
    load("fonds-vert", fonds_vert({}))
    assert Organisation.objects.get().pk == known.pk
    known.refresh_from_db()
    assert (known.name, known.sphere) == ("Ville de Saint-Étienne", "")


def test_lines_of_one_project_are_one_practice_with_all_its_beneficiaries(load, world):
    text = fonds_vert(
        {},
        {"siren": "200078004", "nom_beneficiaire_principal": "SYNDICAT", "code_commune": "42207"},
        {},
    )
    done = load("fonds-vert", text)
    assert (done.tally.created, done.tally.duplicates) == (1, 2)
    assert report_rows(done)[0][:4] == ["3", "doublon", "numero_dossier_ds", "100"]
    practice = Practice.objects.get()
    assert practice.partners.filter(role="beneficiary").count() == 2
    assert set(practice.territories.all()) == {world.saint_etienne, world.communes[1]}
    before = content_of_tables()
    assert load("fonds-vert", text).tally.unchanged == 1
    assert content_of_tables() == before


def test_rows_without_a_file_number_are_told_apart_by_their_content(load):
    rows = [{"numero_dossier_ds": "Non Renseigné", "nom_du_projet": name} for name in ("A", "B", "A")]
    done = load("fonds-vert", fonds_vert(*rows))
    assert (done.tally.created, done.tally.duplicates) == (2, 1)


def test_what_is_missing_or_impossible_rejects_the_line_with_its_number_and_reason(load):
    done = load("fonds-vert", fonds_vert({}, {"numero_dossier_ds": "2", "nom_du_projet": " "}))
    assert (done.tally.created, done.tally.rejected) == (1, 1)
    assert report_rows(done) == [["3", "rejetée", "nom_du_projet", "", "la case est vide"]]


def test_an_amount_that_is_none_is_said_and_the_rest_kept(load):
    done = load("fonds-vert", fonds_vert({"montant_engage": "beaucoup"}))
    assert done.tally.repaired == {"valeur-ecartee": 1}
    assert Practice.objects.get().partners.first().amount is None


def test_markup_and_formulas_are_only_text(load):
    name = "<script>alert(1)</script>'); DROP TABLE x;--".replace(";", ",")
    load("fonds-vert", fonds_vert({"nom_du_projet": name}))
    assert Practice.objects.get().title == name
    done = load("fonds-vert", fonds_vert({"montant_engage": "=1+1"}))
    assert report_rows(done)[0][3] == "'=1+1"


def test_one_entry_tells_the_whole_run(load):
    load("fonds-vert", fonds_vert({}, {"numero_dossier_ds": "2"}))
    entry = Entry.objects.get(verb="import-done")
    assert (entry.detail["kind"], entry.detail["created"]) == ("fonds-vert", 2)
