"""Pages: the directory, one's profile, requests, the coverage matrix; each with its outsider."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.introductions.models import Introduction
from fairealliance.network import actions
from fairealliance.network.actions.asking import Asked
from fairealliance.network.models import Catalyst, SupportRequest
from fairealliance.territories.models import Membership
from tests.factories import TerritoryFactory
from tests.network.cast import asked_by, catalyst
from tests.organisations.cast import entered, join, organisation, person, read

PROFILE = {
    "version": "0",
    "name": "Ana Relie",
    "presentation": "J’aide à réunir.",
    "trades": ["dialogue"],
    "sectors": ["emploi", "climat"],
    "skills": "Animation\nÉcoute",
    "new_1": "departement:42",
    "capacity": "2",
    "consent": "on",
}
HERE = "/mon-espace/catalyseur/"


def test_names_with_accents_stand_in_the_order_of_the_alphabet(client: Client, db: None) -> None:
    for code, name, slug in (("76", "Occitanie", "occitanie"), ("11", "Île-de-France", "ile-de-france")):
        TerritoryFactory(level="region", code=code, name=name, slug=slug)
    page = client.get("/catalyseurs/couverture/").content.decode()
    assert page.index("Île-de-France</option>") < page.index("Occitanie</option>")


def test_one_writes_a_profile_the_secretariat_accepts_it_and_it_is_listed(ana, loire, town, desk) -> None:
    own = entered(ana)
    assert own.post(HERE, PROFILE).status_code == 302
    made = Catalyst.objects.get()
    assert (made.standing, made.sectors, made.skills) == ("waiting", ["emploi", "climat"], ["Animation", "Écoute"])
    assert "Ana Relie" not in read(Client().get("/catalyseurs/"))
    assert "Ana Relie" in read(desk.get("/gestion/catalyseurs/"))
    assert desk.get(f"/gestion/catalyseurs/{made.pk}/").status_code == 200
    assert desk.post(f"/gestion/catalyseurs/{made.pk}/accepter/").status_code == 302
    assert "Ana Relie" in read(Client().get("/catalyseurs/"))
    assert Client().get(made.get_absolute_url()).status_code == 200
    said = read(own.post(HERE + "accord/", {"accord": "retirer"}, follow=True))
    assert "Les demandes d’appui que vous avez acceptées restent à vous" in said
    assert "Les échanges que vous avez proposés, ou que vous accompagnez, ne vous sont plus ouverts." in said
    assert "Ana Relie" not in read(Client().get("/catalyseurs/"))
    assert Client().get(made.get_absolute_url()).status_code == 404
    assert own.post(HERE + "supprimer/").status_code == 302
    assert not Catalyst.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"consent": ""}, "Sans votre accord"),
        ({"new_1": ""}, "au moins un territoire"),
        ({"new_1": "Nulle part"}, "Nous ne connaissons pas"),
        ({"absent_from": "2026-12-02", "absent_until": "2026-12-01"}, "avant le début"),
        ({"trades": []}, "au moins un métier"),
        ({"capacity": "-1"}, "supérieure ou égale à 0"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(ana, loire, wrong, said) -> None:
    answer = entered(ana).post(HERE, {**PROFILE, **wrong})
    assert answer.status_code == 422
    assert said in read(answer)
    assert not Catalyst.objects.exists()


def test_a_page_older_than_the_last_writes_over_nothing(cleo, loire) -> None:
    own = entered(cleo.user)
    told = {**PROFILE, "kept": [loire.pk], "new_1": ""}
    assert own.post(HERE, told).status_code == 302
    answer = own.post(HERE, {**told, "name": "Autre"})
    assert answer.status_code == 422
    assert "autre fenêtre" in read(answer)
    assert Catalyst.objects.get().name == "Ana Relie"


def test_who_asks_where_nobody_covers_is_told_so_at_once(ana, elsewhere) -> None:
    said = {"commune": "commune:69123", "challenge": "Des jeunes sans emploi.", "cle": "a"}
    answer = entered(ana).post("/mon-espace/appuis/demander/", said, follow=True)
    assert "Personne ne couvre encore cette commune pour « Emploi" in read(answer)
    assert SupportRequest.objects.get().sector == "emploi"


def test_who_comes_from_a_profile_asks_that_person_first(ana, cleo, loire, town, elsewhere) -> None:
    near = catalyst("nora@exemple.fr", town, name="Nora Tisse")
    where, said = f"/mon-espace/appuis/demander/?a={cleo.pk}", {"commune": "commune:42218", "cle": "a"}
    said |= {"challenge": "Une rivière à rendre propre.", "wanted": cleo.pk}
    own = entered(ana)
    assert f'href="{where}"' in read(own.get(cleo.get_absolute_url()))
    assert f'<option value="{cleo.pk}" selected>Cléo Relie</option>' in read(own.get(where))
    answer = own.post(where, {**said, "commune": "commune:69123"})
    assert answer.status_code == 422
    assert "Cléo Relie n’agit pas à Lyon" in read(answer)
    assert "Cléo Relie la lit en premier" in read(own.post(where, said, follow=True))
    made = SupportRequest.objects.get()
    assert (made.status, made.catalyst) == ("offered", cleo), "nearer ones, and other sectors, come after"
    assert not made.is_blank, "whoever is asked covers the commune"
    actions.decline(by=cleo.user, request=made, reason="Trop loin.")
    assert SupportRequest.objects.get().status == "desk", "nobody else knows of rivers"
    assert near.requests.count() == 0


def test_who_is_full_or_of_another_world_is_not_asked_by_name(ana, cleo, town) -> None:
    where = f"/mon-espace/appuis/demander/?a={cleo.pk}"
    said = {"commune": "commune:42218", "challenge": "Des jeunes sans emploi.", "cle": "a", "wanted": cleo.pk}
    Catalyst.objects.update(capacity=0)
    answer = entered(ana).post(where, said)
    assert answer.status_code == 422
    assert "pas de place en ce moment" in read(answer)
    Catalyst.objects.update(consented_at=None)
    assert "n’est plus au répertoire" in read(entered(ana).post(where, said, follow=True))
    Catalyst.objects.update(consented_at=timezone.now())
    User.objects.filter(pk=cleo.user_id).update(is_demo=True)
    assert "À qui d’abord" not in read(entered(ana).get(where))


def test_asked_accepted_and_only_then_the_addresses(ana, cleo, town, oscar) -> None:
    own, theirs = entered(ana), entered(cleo.user)
    said = {"commune": "commune:42218", "challenge": "Des jeunes sans emploi.", "cle": "a"}
    own.post("/mon-espace/appuis/demander/", said)
    made = SupportRequest.objects.get()
    page = f"/mon-espace/appuis/{made.pk}/"
    assert "Accepter" in read(theirs.get(page))
    assert "ana@exemple.fr" not in read(theirs.get(page))
    assert "cleo@exemple.fr" not in read(own.get(page))
    assert theirs.post(page + "decliner/", {"words": ""}).status_code == 409
    assert theirs.post(page + "accepter/").status_code == 302
    assert "ana@exemple.fr" in read(theirs.get(page))
    assert "cleo@exemple.fr" in read(own.get(page))
    assert entered(oscar).get(page).status_code == 404
    assert entered(oscar).post(page + "terminer/", {"words": "Non."}).status_code == 404
    assert own.post(page + "terminer/", {"words": "Non."}).status_code == 404
    assert theirs.post(page + "terminer/", {"words": "Un collectif."}).status_code == 302


def test_whoever_accepts_is_led_to_put_in_touch(ana, cleo, town) -> None:
    halle = organisation()
    join(halle, ana)
    made = actions.ask(by=ana, asked=Asked(town, "Des jeunes sans emploi.", organisation=halle), page_key="k")
    page, way = f"/mon-espace/appuis/{made.pk}/", f'href="/mises-en-relation/proposer/?a={halle.pk}"'
    own, theirs = entered(ana), entered(cleo.user)
    assert way not in read(theirs.get(page)), "not before it is theirs"
    theirs.post(page + "accepter/")
    shown = read(theirs.get(page))
    assert way in shown
    assert f"Mettre en relation\u00a0: {halle.name}</a>" in shown, "whatever its name, no article is missing"
    assert 'href="/mon-espace/suggestions/territoire/"' in shown
    assert way not in read(own.get(page))


def test_what_came_of_a_support_is_led_to_from_its_page(ana, cleo, town) -> None:
    halle, fabrique = organisation(), organisation(name="La Fabrique")
    join(halle, ana)
    join(fabrique, person("fanny@exemple.fr"))
    made = actions.ask(by=ana, asked=Asked(town, "Des jeunes sans emploi.", organisation=halle), page_key="k")
    own, theirs = entered(ana), entered(cleo.user)
    page = f"/mon-espace/appuis/{made.pk}/"
    theirs.post(page + "accepter/")
    assert "Ce qui a suivi" not in read(own.get(page))
    both = {"first": f"organisation:{halle.pk}", "second": f"organisation:{fabrique.pk}"}
    assert theirs.post("/mises-en-relation/proposer/", {**both, "subject": "Essai", "text": "Oui."}).status_code == 302
    met = Introduction.objects.get()
    for reader in (own, theirs):
        shown = read(reader.get(page)).partition("Ce qui a suivi")[2]
        assert f'href="{met.get_absolute_url()}"' in shown


def test_a_catalyst_reads_where_they_stand_with_each(ana, cleo, loire, town) -> None:
    made = actions.ask(by=ana, asked=Asked(town, "Des jeunes sans emploi."), page_key="k")
    theirs, page = entered(cleo.user), f"/mon-espace/appuis/{made.pk}/"
    other = catalyst("paul@exemple.fr", loire, name="Paul Pont")
    lists = "/mon-espace/appuis/"
    assert "On vous l’a proposée · " in read(theirs.get(lists))
    theirs.post(page + "accepter/")
    assert "Vous l’accompagnez · " in read(theirs.get(lists))
    theirs.post(page + "transmettre/", {"to": other.pk, "words": "Il est plus près."})
    for path in (lists, page):
        assert "Vous l’avez transmise" in read(theirs.get(path)), path
    entered(other.user).post(page + "accepter/")
    entered(other.user).post(page + "terminer/", {"words": "Un collectif."})
    assert "Vous l’avez accompagnée" in read(entered(other.user).get(page))


def test_whoever_acts_for_one_asks_for_it_unless_they_say_otherwise(ana) -> None:
    halle = organisation()
    join(halle, ana)
    chosen = f'<option value="{halle.pk}" selected>'
    assert chosen in read(entered(ana).get("/mon-espace/appuis/demander/"))
    join(organisation(name="La Fabrique"), ana)
    assert chosen not in read(entered(ana).get("/mon-espace/appuis/demander/"))


def test_places_taken_are_told_alike_everywhere(ana, cleo, town) -> None:
    actions.ask(by=ana, asked=Asked(town, "Des jeunes sans emploi."), page_key="k")
    for path in ("/mon-espace/", "/mon-espace/appuis/"):
        assert "Places prises : 1 sur 3" in read(entered(cleo.user).get(path)).replace("\u00a0", " "), path


def test_the_desk_proposes_and_ends(desk, ana, town, cleo) -> None:
    made, other = asked_by(ana, town), asked_by(ana, town)
    assert "Saint-Étienne" in read(desk.get("/gestion/catalyseurs/appuis/"))
    for each, told in ((made, {"act": "proposer", "to": cleo.pk}), (other, {"act": "terminer", "words": "Voici."})):
        assert desk.get(f"/gestion/catalyseurs/appuis/{each.pk}/").status_code == 200
        assert desk.post(f"/gestion/catalyseurs/appuis/{each.pk}/", told).status_code == 302
    assert set(SupportRequest.objects.values_list("status", flat=True)) == {"offered", "ended"}


def test_lists_of_requests_say_what_is_invented_and_whose(ana, cleo, town) -> None:
    made = asked_by(ana, town)
    SupportRequest.objects.filter(pk=made.pk).update(is_demo=True)
    page = read(entered(ana).get("/mon-espace/appuis/"))
    assert "Saint-Étienne&nbsp;: Quetzalcoatl appelle." in page
    assert "Votre demande · " in page
    assert "inventé" in page.partition('<ul class="account-list">')[2]
    SupportRequest.objects.filter(pk=made.pk).update(challenge="")
    assert ">Saint-Étienne</a>" in read(entered(ana).get("/mon-espace/appuis/"))


def test_the_desk_gives_a_mediation(desk, oscar, loire) -> None:
    address = "/gestion/catalyseurs/mediations/"
    assert desk.post(address, {"email": "personne@exemple.fr", "territory": loire.pk}).status_code == 422
    assert desk.post(address, {"email": "oscar@exemple.fr", "territory": loire.pk}).status_code == 302
    assert "oscar@exemple.fr" in read(desk.get(address))
    assert desk.post(f"{address}{oscar.mediations.get().pk}/retirer/").status_code == 302


@pytest.mark.parametrize("address", ["/catalyseurs/", "/catalyseurs/couverture/", "/catalyseurs/couverture.csv"])
def test_lists_ask_as_much_for_one_as_for_twenty(address, cleo, town, client) -> None:
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(19):
        catalyst(f"c{number}@exemple.fr", town)
    with CaptureQueriesContext(connection) as twenty:
        client.get(address)
    assert len(one) == len(twenty)


def test_the_directory_is_narrowed(cleo, town, elsewhere) -> None:
    def shown(query: str) -> bool:
        return "Cléo Relie" in read(Client().get(f"/catalyseurs/?{query}"))

    assert shown("metier=dialogue&secteur=emploi&ou=commune:42218")
    assert not shown("metier=place")
    assert not shown("secteur=climat")
    assert not shown("ou=commune:69123")
    assert shown("metier=inconnu&secteur=inconnu")
    assert "Personne à Lyon pour cette recherche" in read(Client().get("/catalyseurs/?ou=commune:69123"))


def _cells(query: str = "") -> dict[tuple[str, str], list[str]]:
    text = Client().get(f"/catalyseurs/couverture.csv{query}").content.decode("utf-8-sig")
    return {(row[1], row[3]): row[4:] for row in list(csv.reader(io.StringIO(text), delimiter=";"))[1:]}


def test_the_matrix_shows_what_is_covered_and_what_is_not(cleo, town, elsewhere, ana) -> None:
    catalyst("p@exemple.fr", elsewhere, sectors=["climat"])
    asked_by(ana, elsewhere)
    SupportRequest.objects.update(is_blank=True, sector="emploi")
    cells = _cells()
    assert cells["42", "Emploi et économie"] == ["couvert", "1", "0", "0"]
    assert cells["69", "Emploi et économie"] == ["personne", "0", "0", "1"]
    assert cells["69", "Nature, eau, déchets, climat"] == ["en partie", "0", "1", "0"]
    page = read(Client().get("/catalyseurs/couverture/"))
    assert "1 demande est venue de là où personne n’était" in page
    Catalyst.objects.update(consented_at=None, withdrawn_at=timezone.now())
    assert _cells()["42", "Emploi et économie"][0] == "personne"


def test_the_matrix_by_region_and_of_one_sector(cleo, loire, town) -> None:
    region = TerritoryFactory(level="region", code="84", name="Auvergne-Rhône-Alpes", slug="aura")
    Membership.objects.create(child=loire, parent=region)
    catalyst("r@exemple.fr", region)
    assert _cells("?niveau=region&secteur=emploi") == {("84", "Emploi et économie"): ["couvert", "1", "1", "0"]}
    assert _cells("?region=84&secteur=emploi") == {("42", "Emploi et économie"): ["couvert", "2", "0", "0"]}
    assert len(_cells("?region=00")) == 11


def test_whoever_has_nothing_to_do_there_is_led_away(oscar) -> None:
    assert entered(oscar).post(HERE + "accord/").status_code == 302
    assert entered(oscar).get(HERE + "supprimer/").status_code == 302
    assert entered(person("x@exemple.fr")).get("/mon-espace/appuis/").status_code == 200
    assert Client().get(HERE).status_code == 302


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "Il est au répertoire"),
        ({"standing": "waiting"}, "Le secrétariat l’examine"),
        ({"standing": "refused", "reason": "Trop court."}, "Il n’est pas retenu"),
        ({"consented_at": None, "withdrawn_at": timezone.now()}, "Vous avez retiré votre accord"),
    ],
)
def test_one_s_space_says_where_the_profile_stands(oscar, loire, facts, said) -> None:
    catalyst(oscar, loire, **facts)
    page = read(entered(oscar).get("/mon-espace/"))
    assert said in page
    assert "Devenir catalyseur" not in page


def test_the_way_to_be_a_catalyst_is_in_one_s_space_and_where_there_is_none_yet(oscar, editor) -> None:
    own, way = entered(oscar), f'href="{HERE}">'
    assert way + "Écrire mon profil" in read(own.get("/mon-espace/"))
    assert way + "Devenir catalyseur" in read(own.get("/catalyseurs/")).partition("Aucun catalyseur pour l’instant")[2]
    actions.invite(by=editor, email=oscar.email)
    assert "Le secrétariat vous invite" in read(own.get("/mon-espace/"))


def test_where_nobody_can_be_offered_a_request_the_desk_says_why_and_what_next(ana, cleo, town, desk) -> None:
    made = asked_by(ana, town)
    address = f"/gestion/catalyseurs/appuis/{made.pk}/"
    assert "Cléo Relie" in read(desk.get(address))
    Catalyst.objects.update(capacity=0)
    page = read(desk.get(address))
    assert "Personne à qui la proposer" in page
    assert 'href="/gestion/catalyseurs/invitations/"' in page
    assert "Ou répondre vous-même" in page
    assert 'value="proposer"' not in page
    Catalyst.objects.update(capacity=3)
    assert "Personne à qui la proposer" not in read(desk.get(address))


def test_a_territory_to_add_says_that_it_is_covered_and_of_which_levels(oscar) -> None:
    form = read(entered(oscar).get("/mon-espace/catalyseur/"))
    assert "Ajouter un territoire que vous couvrez" in form
    assert "une intercommunalité, un département ou une région" in form
