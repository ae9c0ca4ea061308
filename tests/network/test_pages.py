"""Pages: the directory, one's profile, requests, the coverage matrix; each with its outsider."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fairealliance.network.models import Catalyst, SupportRequest
from fairealliance.territories.models import Membership
from tests.factories import TerritoryFactory
from tests.network.cast import asked_by, catalyst
from tests.organisations.cast import entered, person, read

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
    assert own.post(HERE + "accord/", {"accord": "retirer"}).status_code == 302
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
    assert "Personne ne couvre encore cette commune" in read(answer)
    assert SupportRequest.objects.get().sector == "emploi"


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


def test_the_desk_proposes_and_ends(desk, ana, town, cleo) -> None:
    made, other = asked_by(ana, town), asked_by(ana, town)
    assert "Saint-Étienne" in read(desk.get("/gestion/catalyseurs/appuis/"))
    for each, told in ((made, {"act": "proposer", "to": cleo.pk}), (other, {"act": "terminer", "words": "Voici."})):
        assert desk.get(f"/gestion/catalyseurs/appuis/{each.pk}/").status_code == 200
        assert desk.post(f"/gestion/catalyseurs/appuis/{each.pk}/", told).status_code == 302
    assert set(SupportRequest.objects.values_list("status", flat=True)) == {"offered", "ended"}


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
    assert "Personne ne couvre Lyon" in read(Client().get("/catalyseurs/?ou=commune:69123"))


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
