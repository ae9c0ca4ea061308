"""The other formats: what each is known for."""

import csv
import json
from datetime import date

import pytest

from fairealliance.accounts.actors import SYSTEM
from fairealliance.contributions.subjects import KINDS
from fairealliance.lib.tabular import Unreadable
from fairealliance.organisations.enums import Sphere
from fairealliance.organisations.models import Establishment, Organisation
from fairealliance.practices import actions as practices
from fairealliance.practices.models import Practice
from fairealliance.resources.models import Resource
from fairealliance.territories.models import Former, Indicator, Territory, Value
from tests.factories import OrganisationFactory, SourceFactory
from tests.sql import content_of_tables

FRANCE_SERVICES = (
    '"id_fs","insee_dep","lib_fs","adresse","complement_adresse","insee_com","code_postal","lib_com","latitude",'
    '"longitude","mail","telephone","h_lundi","h_mardi","h_mercredi","h_jeudi","h_vendredi","h_samedi","prise_rdv",'
    '"commentaire","type_fs","format_fs","groupe_fs","labellisation_fs"\n'
)


def france_services(mail: str = "a@exemple.fr", commune: str = "42218", number: str = "7") -> str:
    return FRANCE_SERVICES + (
        f'"{number}","42","France services du Pilat","1 Place de la Mairie",,"{commune}","42000",'
        f'"Saint-Étienne",45.4,4.38,'
        f'"{mail}","477010203","09:00 - 12:00","09:00 - 12:00",,,,,"Oui","Sur rendez-vous \n\nle mardi",'
        '"Antenne","Fixe",,"x"\n'
    )


def test_france_services_are_organisations_with_an_exact_place(load, world):
    done = load("france-services", france_services())
    assert (done.tally.created, done.tally.rejected) == (1, 0)
    house = Organisation.objects.get()
    assert (house.sphere, house.seat, list(house.territories.all())) == (
        Sphere.ETAT,
        world.saint_etienne,
        [world.saint_etienne],
    )
    assert (house.latitude, house.longitude, house.precision) == (45.4, 4.38, "exact")
    assert house.phone == "04 77 01 02 03"
    assert "Adresse : 1 Place de la Mairie, 42000 Saint-Étienne." in house.description
    assert "Lundi 09:00 - 12:00. Mardi 09:00 - 12:00." in house.description
    assert "Mercredi" not in house.description
    assert house.description.endswith("On peut prendre rendez-vous. Sur rendez-vous le mardi")
    assert house.themes == ["acces-droits", "fracture-numerique"]


def test_signs_written_as_codes_by_a_web_form_are_made_plain(load):
    done = load(
        "france-services", france_services().replace("Sur rendez-vous", "Le\\x20bus\\x00\\uD800\\x20d\\u2019Avignon")
    )
    assert done.tally.repaired["signes-codes"] == 1
    assert Organisation.objects.get().description.endswith("rendez-vous. Le bus d’Avignon le mardi")


def test_a_house_in_no_known_commune_is_rejected_and_a_wrong_address_only_left_out(load):
    rejected = load("france-services", france_services(commune="98799").replace('"Saint-Étienne"', '"Ailleurs"'))
    assert (rejected.tally.created, rejected.tally.rejected) == (0, 1)
    kept = load("france-services", france_services(mail="pas une adresse"))
    assert kept.tally.repaired["valeur-ecartee"] == 1
    assert Organisation.objects.get().email == ""


def post(number: str, tiers: str, name: str, departement: str | None = "42", amount: float = 22555.73) -> dict:
    return {
        "id_poste": number,
        "code_tiers": tiers,
        "raison_sociale": name,
        "annee": 2023,
        "montant": amount,
        "insee_dep": departement,
    }


def test_posts_of_one_employer_are_one_organisation_that_says_how_many_and_how_much(load, world):
    rows = [
        post("1", "77554402601284", "ALFA 3A"),
        post("2", "77554402601284", "ALFA 3A", "69"),
        post("2", "77554402601284", "ALFA 3A"),
        post("3", "27010003500012", "BOURG HABITAT"),
        post("4", "13002526500013", "UN SERVICE"),
    ]
    done = load("adultes-relais", json.dumps(rows), name="f.json")
    assert (done.tally.read, done.tally.created, done.tally.duplicates, done.tally.grouped) == (5, 3, 1, 1)
    employer = Organisation.objects.get(siren="775544026")
    assert "2 adultes-relais" in employer.description
    assert "45 111,46" in employer.description.replace("\u202f", " ")
    assert set(employer.territories.all()) == {world.loire, world.rhone}
    spheres = dict(Organisation.objects.values_list("siren", "sphere"))
    assert spheres == {"775544026": "association", "270100035": "collectivite", "130025265": "etat"}
    before = content_of_tables()
    again = load("adultes-relais", json.dumps(rows), name="f.json").tally
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    assert content_of_tables() == before


def test_a_name_where_a_siret_should_be_is_a_name_and_two_places_are_two_organisations(load):
    rows = [
        post("D1", "MAISON POUR TOUS", "MAISON POUR TOUS", "42", 7164),
        post("D2", "MAISON POUR TOUS", "Maison pour tous", "42", 3582),
        post("D3", "MAISON POUR TOUS", "MAISON POUR TOUS", "69", 7164),
    ]
    done = load("fonjep", json.dumps(rows), name="f.json")
    assert (done.tally.created, done.tally.grouped, done.tally.repaired) == (2, 1, {})
    assert set(Organisation.objects.values_list("siren", flat=True)) == {None}


def test_grants_fill_what_others_left_blank_and_change_nothing_else(load):
    OrganisationFactory(name="Alfa 3A", siren="775544026", sphere="", description="")
    load("adultes-relais", json.dumps([post("1", "77554402601284", "ALFA 3A")]), name="f.json")
    known = Organisation.objects.get()
    assert (known.name, known.sphere) == ("Alfa 3A", "association")
    assert "un adulte-relais" in known.description


WALDEC = (
    "id;id_ex;siret;rup_mi;gestion;date_creat;date_decla;date_publi;date_disso;nature;groupement;titre;titre_court;objet;"
    "objet_social1;objet_social2;adrs_complement;adrs_numvoie;adrs_repetition;adrs_typevoie;adrs_libvoie;adrs_distrib;"
    "adrs_codeinsee;adrs_codepostal;adrs_libcommune;adrg_declarant;adrg_complemid;adrg_complemgeo;adrg_libvoie;adrg_distrib;"
    "adrg_codepostal;adrg_achemine;adrg_pays;dir_civilite;telephone;siteweb;email;publiweb;observation;position;maj_time\n"
)


def waldec(number: str, position: str, dissolved: str = "0001-01-01", siret: str = "") -> str:
    return (
        f"{number};;{siret};;420P;2014-06-17;2015-01-21;2014-06-28;{dissolved};D;S;BLACK OWL;;"
        '"la scène ""psychédélique""";'
        f"006030;000000;;35;;RUE;Pascal;_;42218;42000;SAINT ETIENNE;;;;;;;;;PP;0600000000;;;0;;{position};2015-02-09\n"
    )


def test_the_register_of_associations(load, world):
    text = WALDEC + waldec("W632007046", "D", "2015-01-20") + waldec("W12", "A")
    done = load("rna-waldec", text.encode("latin-1"))
    assert (done.tally.created, done.tally.repaired["valeur-ecartee"]) == (2, 1)
    owl = Organisation.objects.get(rna="W632007046")
    assert (owl.sphere, owl.seat, owl.themes) == (Sphere.ASSOCIATION, world.saint_etienne, ["culture"])
    assert owl.description == 'la scène "psychédélique"'
    assert owl.closed_on == date(2015, 1, 20)
    assert owl.phone == ""


def test_an_association_of_both_registers_is_one(load):
    header = (
        "id;id_ex;siret;gestion;date_creat;date_publi;nature;groupement;titre;objet;objet_social1;objet_social2;adr1;adr2;"
        "adr3;adrs_codepostal;libcom;adrs_codeinsee;dir_civilite;telephone;siteweb;email;observation;position;rup_mi;maj_time"
    )
    row = "751P1;1;;751P;1988-04-15;;D;S;CHOUETTE;;006030;;;;;42000;SAINT ETIENNE;42218;PM;;;;W632007046;R;;2013-07-10"
    load("rna-waldec", WALDEC + waldec("W632007046", "A"))
    done = load("rna-import", f"{header}\n{row}\n")
    assert done.tally.created == 0
    assert Organisation.objects.get().name == "BLACK OWL"


UNIT_COLUMNS = (
    "siren,statutDiffusionUniteLegale,sigleUniteLegale,prenomUsuelUniteLegale,identifiantAssociationUniteLegale,dateDebut,"
    "etatAdministratifUniteLegale,nomUniteLegale,denominationUniteLegale,denominationUsuelle1UniteLegale,"
    "categorieJuridiqueUniteLegale,nomenclatureActivitePrincipaleUniteLegale,activitePrincipaleUniteLegale"
)


def units(*rows: str) -> str:
    return "\n".join([UNIT_COLUMNS, *rows]) + "\n"


def test_units_of_the_register(load):
    done = load(
        "sirene-unites",
        units(
            "300427366,O,,,,2008-01-01,A,,ASSOC EDUCATION POPULAIRE,,9210,NAFRev2,85.59B",
            "000325175,O,,THIERRY,,2018-02-07,C,JANOYER,,,1000,NAP,32.12Z",
            "775672272,P,,,,2008-01-01,A,,[ND],,1000,,",
            "123456789,O,,,,2008-01-01,A,,FAUX,,1000,,",
            "214202186,O,,,,2008-01-01,A,,SAINT ETIENNE,,7210,NAFRev2,84.11Z",
        ),
    )
    assert (done.tally.created, done.tally.rejected) == (3, 2)
    assert dict(Organisation.objects.values_list("name", "sphere")) == {
        "ASSOC EDUCATION POPULAIRE": "association",
        "THIERRY JANOYER": "entreprise",
        "SAINT ETIENNE": "collectivite",
    }
    assert Organisation.objects.get(siren="000325175").closed_on == date(2018, 2, 7)
    assert dict(Organisation.objects.values_list("siren", "naf"))["300427366"] == "85.59B"
    assert Organisation.objects.get(siren="000325175").naf == ""


def test_the_register_takes_over_what_a_list_had_said_and_the_list_does_not_take_it_back(load):
    grants = json.dumps([post("1", "30042736600012", "ASSO EDUC POP")])
    load("adultes-relais", grants, name="g.json")
    row = "300427366,O,,,,2008-01-01,A,,ASSOC EDUCATION POPULAIRE,,9210,NAFRev2,85.59B"
    assert load("sirene-unites", units(row)).tally.updated == 1
    known = Organisation.objects.get()
    assert (known.name, known.source.slug) == ("ASSOC EDUCATION POPULAIRE", "sirene")
    assert "adulte-relais" in known.description
    for kind, text, name in (("adultes-relais", grants, "g.json"), ("sirene-unites", units(row), "f.csv")):
        tally = load(kind, text, name=name).tally
        assert (tally.created, tally.updated, tally.unchanged) == (0, 0, 1)


def test_a_register_without_its_official_header_is_refused(load):
    with pytest.raises(Unreadable, match="statutDiffusionUniteLegale"):
        load("sirene-unites", "siren,denominationUniteLegale\n300427366,X\n")


ESTABLISHMENT = (
    "siren,nic,siret,statutDiffusionEtablissement,etablissementSiege,numeroVoieEtablissement,indiceRepetitionEtablissement,"
    "typeVoieEtablissement,libelleVoieEtablissement,codePostalEtablissement,libelleCommuneEtablissement,"
    "codeCommuneEtablissement,etatAdministratifEtablissement,enseigne1Etablissement,denominationUsuelleEtablissement\n"
)


def test_establishments_join_their_organisation_or_make_it(load, world):
    text = ESTABLISHMENT + (
        "005880034,00011,00588003400011,O,true,,,,,,,,F,,\n"
        "214202186,00018,21420218600018,O,true,1,,PL,HOTEL DE VILLE,42000,SAINT-ETIENNE,42218,A,MAIRIE,\n"
    )
    town = OrganisationFactory(name="Ville", siren="214202186")
    done = load("sirene-etablissements", text)
    assert done.tally.created == 2
    hall = town.establishments.get()
    assert (hall.name, hall.address, hall.territory, hall.is_seat) == (
        "MAIRIE",
        "1 PL HOTEL DE VILLE",
        world.saint_etienne,
        True,
    )
    assert Establishment.objects.get(siret="00588003400011").name == "(fermé)"
    assert "nom inconnu" in Organisation.objects.get(siren="005880034").name
    before = content_of_tables()
    assert load("sirene-etablissements", text).tally.unchanged == 2
    assert content_of_tables() == before


FILOSOFI = "NBMENFISC21 NBPERSMENFISC21 MED21 PIMP21 TP6021 TP60AGE121 TP60TOL121 TP60TOL221 PCHO21 PPEN21 PPSOC21 RD21"


def filosofi(*rows: tuple[str, str]) -> str:
    columns = FILOSOFI.split()
    lines = [f"{code};" + ";".join([value] * len(columns)) for code, value in rows]
    return "\n".join(["CODGEO;" + ";".join(columns), *lines]) + "\n"


def test_a_figure_is_known_secret_or_not_available_and_never_zero_instead(load, world):
    done = load("filosofi-2021", filosofi(("42218", "17,5"), ("42207", "s"), ("42001", "nd"), ("99999", "1")))
    assert (done.tally.read, done.tally.rejected) == (4, 1)
    rate = Indicator.objects.get(slug="taux-pauvrete")
    assert (rate.unit, rate.additive, rate.decimals, rate.source.slug) == ("%", False, 1, "filosofi-2021")
    found = {
        v.territory.code: (v.state, v.number) for v in Value.objects.filter(indicator=rate).select_related("territory")
    }
    assert found == {"42218": ("known", 17.5), "42207": ("secret", None), "42001": ("unavailable", None)}
    tally = load("filosofi-2021", filosofi(("42218", "17,5"), ("42207", "s"), ("42001", "nd"), ("99999", "1"))).tally
    assert (tally.created, tally.updated) == (0, 0)


def test_typologies_keep_their_words_and_say_when_they_do_not_apply(load, world):
    text = (
        "\ufeffinsee_com,lib_com,niveau_ruralite\n42218,x, Les petites polarités mixtes\n"
        "42207,x, Hors champ : DOM ou commune urbaine\n42001,x, - undefined\n"
    )
    load("ruralite", text)
    found = {v.territory.code: (v.state, v.text) for v in Value.objects.select_related("territory")}
    assert found == {
        "42218": ("known", "Les petites polarités mixtes"),
        "42207": ("not_applicable", ""),
        "42001": ("unavailable", ""),
    }


def test_a_fixture_of_zones_and_neighbourhoods_with_zero_where_there_are_none(load, world):
    zones = [{"model": "geo.zrr", "pk": 1, "fields": {"insee_code": "42218", "status": "PC"}}]
    load("zrr", json.dumps(zones), name="f.json")
    assert Value.objects.get(indicator__slug="zrr").text == "partiellement classée"
    feature = {"properties": {"insee_com": "42218", "lib_com": "x", "code_qp": "QN1, QN2"}, "geometry": None}
    load("qpv", json.dumps({"type": "FeatureCollection", "features": [feature]}), name="f.geojson")
    counts = dict(
        Value.objects.filter(indicator__slug="quartiers-prioritaires").values_list("territory__code", "number")
    )
    assert counts["42218"] == 2
    assert counts["42207"] == 0


def test_movements_lead_old_codes_on_and_a_commune_made_from_nothing_is_no_error(load, world):
    header = "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,TNCC_AP"
    header += ",NCC_AP,NCCENR_AP,LIBELLE_AP"
    rows = (
        "32,2016-01-01,COM,42777,0,A,A,Ancienne,COM,42218,0,S,S,Saint-Étienne",
        "20,1950-01-01,,,,,,,COM,42218,0,S,S,Saint-Étienne",
    )
    done = load("cog-mouvements", "\r\n".join([header, *rows]) + "\r\n")
    assert done.tally.rejected == 0
    assert Former.objects.get(code="42777").territory == world.saint_etienne


def test_exact_points_replace_approximate_ones(load, world):
    rows = [{"nom": "Saint-Étienne", "code": "42218", "centre": {"type": "Point", "coordinates": [4.3978, 45.4268]}}]
    load("api-geo-communes", json.dumps(rows), name="f.json")
    place = Territory.objects.get(pk=world.saint_etienne.pk)
    assert (place.latitude, place.longitude, place.precision) == (45.4268, 4.3978, "exact")


ORGANISATION = "identifiant;nom;sphere;siege;territoires;odd;themes;siret;source\n"
PRACTICE = "identifiant;titre;defi;action;territoires;partenaires;outils;annee_debut;annee_fin;etape;odd\n"


def test_our_template_makes_organisations_resources_and_practices_that_know_each_other(load, world):
    load(
        "organisations",
        ORGANISATION
        + "mission;Mission locale;association;42218;commune:42218|departement:42;4|8;decrochage-scolaire;;\n",
    )
    load(
        "ressources",
        "Identifiant;Titre;Nature;Étape;producteur_identifiant\nguide;Un guide;kit;comprendre|agir;mission\n",
    )
    done = load(
        "pratiques",
        PRACTICE + "atelier;Un atelier;Des jeunes décrochent;On ouvre un atelier;42218|commune:42207;"
        '"Mission locale ; association ; porteur ; ; mission | Garage ; entreprise ; partenaire ; 2 000";'
        "guide;2022;;en_cours;4\n",
    )
    assert done.tally.as_dict()["rejected"] == 0
    practice = Practice.objects.get()
    assert (practice.stage, practice.start_year, practice.end_year, practice.goals) == ("running", 2022, None, [4])
    lead, partner = practice.partners.all()
    assert (lead.organisation.name, lead.role, partner.organisation, partner.amount) == (
        "Mission locale",
        "lead",
        None,
        2000,
    )
    assert list(practice.tools.all()) == [Resource.objects.get()]
    assert Resource.objects.get().producer.name == "Mission locale"
    assert (Resource.objects.get().stage, practice.territories.count()) == (["understand", "act"], 2)


def test_our_template_says_what_is_wrong_line_by_line(load):
    text = PRACTICE + (
        "a;T;D;A;42218;;;2022;2020;;\n"
        "b;T;D;A;Paris;;;;;;\n"
        'c;T;D;A;42218;"Nom ; martien";;;;;\n'
        "d;T;D;A;42218;;;;;;4|99\n"
    )
    done = load("pratiques", text)
    assert (done.tally.rejected, done.tally.created, done.tally.repaired["valeur-ecartee"]) == (2, 2, 2)


@pytest.mark.parametrize("amount", ["1e30", "99999999999999999", "-5", "100 000 000 000,00 €"])
def test_what_no_partner_can_have_given_is_set_aside_with_its_line(load, amount):
    """It went as far as the database, which refused it and the whole batch."""
    row = f'a;T;D;A;42218;"Nom ; association ; porteur ; {amount}";;;;;\n'
    done = load("pratiques", PRACTICE + row + 'b;T;D;A;42218;"Garage ; entreprise ; partenaire ; 2 000";;;;;\n')
    assert (done.tally.rejected, done.tally.repaired["valeur-ecartee"]) == (0, 1)
    (told,) = csv.reader(done.report.read_text("utf-8-sig").splitlines()[1:], delimiter=";")
    assert told[0] == "2"
    assert "n’est pas un montant plausible" in told[4]
    assert not Practice.objects.get(source_key="a").partners.exists()


def test_a_source_that_nothing_describes_rejects_the_line_and_demo_marks_it(load):
    SourceFactory(slug="rapport-local", label="Rapport local")
    rows = "a;A;association;;;;;;inconnue\nb;B;association;;;;;;rapport-local\nc;C;association;;;;;;demo\n"
    done = load("organisations", ORGANISATION + rows)
    assert (done.tally.created, done.tally.rejected) == (2, 1)
    assert dict(Organisation.objects.values_list("name", "is_demo")) == {"B": False, "C": True}


def test_a_siret_in_the_template_makes_the_seat(load, world):
    load("organisations", ORGANISATION + "a;Ville;collectivite;42218;;;;21420218600018;\n")
    assert Establishment.objects.get().organisation.name == "Ville"


@pytest.mark.parametrize(
    ("kind", "content", "name"),
    [
        ("filosofi-2021", filosofi(("42218", "17,5")), "f.csv"),
        ("adultes-relais", json.dumps([post("1", "77554402601284", "ALFA 3A")]), "f.json"),
        ("organisations", ORGANISATION + "a;A;association;42218;;;;;\n", "f.csv"),
    ],
)
def test_a_dry_run_of_any_kind_counts_and_leaves_no_trace(load, kind, content, name):
    before = content_of_tables()
    assert load(kind, content, name=name, dry_run=True).tally.created
    assert content_of_tables() == before


def test_what_an_editor_corrected_is_told_and_kept(load, world):
    """A later file of the same source changes all the rest."""
    organisation, resource, practice = (
        (ORGANISATION + "m;Mission{0};association;42218;;{1};;;\n", "organisations", Organisation),
        ("Identifiant;Titre;Nature;Résumé\ng;Guide{0};kit;Tome {1}\n", "ressources", Resource),
        (PRACTICE + "p;Atelier{0};Défi {1};On agit;42218;;;;;;\n", "pratiques", Practice),
    )
    for text, kind, model in (organisation, resource, practice):
        load(kind, text.format("", 4))
        thing = model.objects.get()
        naming = "name" if model is Organisation else "title"
        KINDS[model._meta.model_name].write(
            by=SYSTEM, field=naming, text="Le bon nom", **{model._meta.model_name: thing}
        )
        done = load(kind, text.format(" renommé", 8))
        held = model.objects.get()
        assert (getattr(held, naming), held.slug) == ("Le bon nom", "le-bon-nom"), kind
        assert "8" in f"{getattr(held, 'summary', '')} {getattr(held, 'challenge', '')} {held.goals}", kind
        assert (done.tally.updated, done.tally.kept) == (1, 1), kind
        (told,) = csv.reader(done.report.read_text("utf-8-sig").splitlines()[1:], delimiter=";")
        assert told[:2] == ["2", "remarque"], kind
        assert told[3].endswith(" renommé"), kind
        assert "corrigé au bureau" in told[4], kind
        again = load(kind, text.format(" renommé", 8))
        assert (again.tally.unchanged, again.tally.kept) == (1, 0), kind
        model.objects.all().delete()


def test_only_the_corrected_field_of_the_corrected_row_is_kept(load, world):
    load("pratiques", PRACTICE + "p;Un;Défi;On agit;42218;;;;;;\nq;Deux;Défi;On agit;42218;;;;;;\n")
    practices.correct(by=SYSTEM, practice=Practice.objects.get(title="Un"), field="challenge", text="")
    load("pratiques", PRACTICE + "p;Un bis;Défi bis;On agit;42218;;;;;;\nq;Deux bis;Défi bis;On agit;42218;;;;;;\n")
    found = Practice.objects.order_by("pk").values_list("title", "challenge")
    assert list(found) == [("Un bis", ""), ("Deux bis", "Défi bis")]
