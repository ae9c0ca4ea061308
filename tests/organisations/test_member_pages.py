"""Pages of /mon-espace/organisations/: who may open them, what they refuse, what they say."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from fairealliance.organisations.enums import ClaimStatus, Role
from fairealliance.organisations.members import claims, invitations
from fairealliance.organisations.models import Claim, Invitation, Member, Organisation
from fairealliance.territories.editions import forget_undated
from tests.factories import OrganisationFactory, TerritoryFactory
from tests.organisations.cast import HERE, entered, join, mails_to, person, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    found = TerritoryFactory(code="42218", name="Saint-Étienne", slug="saint-etienne", postal_codes=["42000"])
    forget_undated()
    return found


def member_of(organisation: Organisation, user) -> Member:
    return Member.objects.get(organisation=organisation, user=user)


# Who may open what.


def test_a_visitor_is_led_to_sign_in(client: Client, halle, ada) -> None:
    claim = Claim.objects.create(user=ada, way="moderation", status="waiting", proposed={"name": "x"})
    for path in (
        "",
        "rejoindre/",
        "creer/",
        f"{halle.pk}/rejoindre/",
        f"{halle.pk}/equipe/",
        f"{halle.pk}/quitter/",
        f"demandes/{claim.pk}/code/",
    ):
        assert client.get(HERE + path)["Location"].startswith("/connexion/?next="), path
    for path in (f"{halle.pk}/rejoindre/code/", f"demandes/{claim.pk}/retirer/"):
        assert client.post(HERE + path)["Location"].startswith("/connexion/"), path


WAITS = "Le secrétariat examine votre demande pour «\u00a0La Halle\u00a0»"
ASKING = (
    HERE,
    "/mon-espace/besoins/",
    "/mon-espace/besoins/ecrire/",
    "/mon-espace/suggestions/",
    "/mises-en-relation/",
)


@pytest.mark.parametrize("path", ASKING)
def test_whoever_asked_is_not_sent_to_ask_again(path, halle, oscar) -> None:
    client = entered(oscar)
    assert WAITS not in read(client.get(path))
    made = Claim.objects.create(user=oscar, way="moderation", status="waiting", proposed={"name": "La Halle"})
    page = read(client.get(path))
    assert WAITS in page
    assert "Dites d’abord pour qui vous agissez" not in page
    assert "Cherchez la vôtre" not in page
    Claim.objects.filter(pk=made.pk).update(status="withdrawn")
    assert WAITS not in read(client.get(path))


def test_to_an_outsider_the_team_does_not_exist(halle, ada, oscar, editor) -> None:
    team = member_of(halle, ada)
    made = invitations.invite(by=ada, organisation=halle, email="x@exemple.fr", role=Role.MEMBER)
    for user in (oscar, editor):
        for path in (
            "equipe/",
            f"equipe/{team.pk}/role/",
            f"equipe/{team.pk}/retirer/",
            "quitter/",
            "confier/",
            f"invitations/{made.pk}/annuler/",
        ):
            for pk in (halle.pk, 999_999):
                answer = entered(user).post(f"{HERE}{pk}/{path}", {"role": "administrator"})
                assert answer.status_code == 404, path
    assert Member.objects.count() == 1
    assert Invitation.objects.waiting().count() == 1


def test_a_member_sees_the_team_and_changes_nothing(halle, ada, mia) -> None:
    client, team = entered(mia), member_of(halle, ada)
    page = read(client.get(f"{HERE}{halle.pk}/equipe/"))
    assert "Ada Administre" in page
    assert "ada@exemple.fr" not in page
    assert "Inviter quelqu’un" not in page
    assert client.post(f"{HERE}{halle.pk}/equipe/", {"email": "x@exemple.fr", "role": "member"}).status_code == 403
    for path in (f"equipe/{team.pk}/role/", f"equipe/{team.pk}/retirer/", "confier/"):
        assert client.post(f"{HERE}{halle.pk}/{path}", {"role": "member"}).status_code == 403
    assert mails_to("ada@exemple.fr") == mail.outbox == []


def test_a_member_of_another_organisation_cannot_be_reached(halle, ada, oscar) -> None:
    other = OrganisationFactory()
    theirs = join(other, oscar, Role.ADMINISTRATOR)
    answer = entered(ada).post(f"{HERE}{halle.pk}/equipe/{theirs.pk}/retirer/")
    assert answer.status_code == 404
    assert Member.objects.filter(pk=theirs.pk).exists()


def test_a_claim_of_another_cannot_be_reached(halle, oscar, mia) -> None:
    claim = claims.ask(by=oscar, organisation=halle, position="x", message="")
    assert entered(mia).get(f"{HERE}demandes/{claim.pk}/code/").status_code == 404
    assert entered(mia).post(f"{HERE}demandes/{claim.pk}/retirer/").status_code == 404


def test_nothing_is_cached(halle, ada) -> None:
    assert "no-store" in entered(ada).get(f"{HERE}{halle.pk}/equipe/")["Cache-Control"]


# Finding, joining, creating.


def test_found_by_name_siren_siret_rna_and_commune(oscar, town) -> None:
    client = entered(oscar)
    told = {"name": "La Halle du Forez", "slug": "la-halle-du-forez", "siren": "732829320", "rna": "W423000001"}
    OrganisationFactory(**told, seat=town)
    OrganisationFactory(name="La Halle d’ailleurs", slug="la-halle-d-ailleurs")
    for said in ("la halle du f", "forez", "732 829 320", "73282932000074", "w423000001"):
        assert "C’est elle" in read(client.get(f"{HERE}rejoindre/", {"q": said})), said
    near = read(client.get(f"{HERE}rejoindre/", {"q": "halle", "ou": "Saint-Étienne"}))
    assert "La Halle du Forez" in near
    assert "ailleurs" not in near


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("732829321", "la clé de contrôle est fausse"),
        ("12345678", "il faut 9 chiffres"),
        ("W12345678", "il faut W suivi de 9 signes"),
        ("…", "au moins deux lettres"),
        ("\x01\x02", "Rejoindre ou créer"),
        ("personne ne porte ce nom", "Nous ne la connaissons pas encore"),
    ],
)
def test_what_cannot_be_looked_for_is_said(oscar, said: str, words: str) -> None:
    answer = entered(oscar).get(f"{HERE}rejoindre/", {"q": said})
    assert answer.status_code == 200
    assert words in read(answer)


def test_a_line_chosen_leads_on(halle, oscar) -> None:
    chosen = entered(oscar).get(f"{HERE}rejoindre/", {"q": f"organisation:{halle.pk}"})
    assert chosen["Location"] == f"{HERE}{halle.pk}/rejoindre/"
    huge = entered(oscar).get(f"{HERE}rejoindre/", {"q": "organisation:" + "9" * 40}, follow=True)
    assert huge.status_code == 404


def test_the_way_by_domain_is_open_to_whoever_has_it(halle, oscar) -> None:
    paula = person("paula@halle-forez.fr")
    assert "Recevoir un code" not in read(entered(oscar).get(f"{HERE}{halle.pk}/rejoindre/"))
    refused = entered(oscar).post(f"{HERE}{halle.pk}/rejoindre/code/")
    assert refused.status_code == 422
    assert "nom de domaine" in read(refused)
    client = entered(paula)
    assert "Recevoir un code" in read(client.get(f"{HERE}{halle.pk}/rejoindre/"))
    page = client.post(f"{HERE}{halle.pk}/rejoindre/code/")["Location"]
    wrong = client.post(page, {"code": "x"})
    assert wrong.status_code == 422
    assert "Ce code ne va pas" in read(wrong)
    assert "Champ requis" in read(client.post(page, {}))


def test_asking_the_secretariat(halle, oscar) -> None:
    client = entered(oscar)
    assert client.post(f"{HERE}{halle.pk}/rejoindre/", {"position": ""}).status_code == 422
    done = client.post(
        f"{HERE}{halle.pk}/rejoindre/", {"position": "pré\x00sident", "message": "x" * 2000}, follow=True
    )
    assert "Votre demande est partie" in read(done)
    assert Claim.objects.get().position == "président"
    assert client.post(f"{HERE}{halle.pk}/rejoindre/", {"position": "x", "message": "x" * 2001}).status_code == 422


NEW = {"name": "Les Ateliers du Furan", "sphere": "association", "seat": "commune:42218", "position": "présidente"}


def test_creating_presumes_nothing_of_what_was_searched_for(oscar) -> None:
    page = read(entered(oscar).get(f"{HERE}creer/", {"nom": "  mairie d'Autun"}))
    assert 'value="Mairie d&#x27;Autun"' in page
    spheres = page[page.index('name="sphere"') :].partition("</select>")[0]
    assert '<option value="" selected>Choisissez</option>' in spheres
    assert spheres.count("selected") == 1


def test_creating_is_a_claim(oscar, town) -> None:
    done = entered(oscar).post(f"{HERE}creer/", {**NEW, "siren": "732 829 320", "website": "furan.fr"}, follow=True)
    assert "C’est noté" in read(done)
    told = Claim.objects.get().proposed
    assert told["siren"] == "732829320"
    assert told["website"] == "https://furan.fr"
    assert told["seat_id"] == town.pk
    assert "Les Ateliers du Furan : à examiner" in read(entered(oscar).get("/mon-espace/"))


@pytest.mark.parametrize(
    ("field", "said", "words"),
    [
        ("siren", "123456789", "clé de contrôle"),
        ("siren", "12", "il faut 9 chiffres"),
        ("rna", "X1", "il faut W suivi"),
        ("seat", "Nulle-Part-sur-Rien", "Nous ne connaissons pas"),
        ("seat", "", "Champ requis"),
        ("sphere", "planete", "planete"),
        ("sphere", "", "Choisissez sa sphère dans la liste"),
        ("website", "javascript:alert(1)", "Ce n’est pas l’adresse d’une page"),
        ("website", "ftp://exemple.fr", "Ce n’est pas l’adresse d’une page"),
        ("name", "", "Champ requis"),
        ("name", "x" * 301, "300"),
    ],
)
def test_creating_says_which_answer_is_wrong(oscar, town, field: str, said: str, words: str) -> None:
    answer = entered(oscar).post(f"{HERE}creer/", {**NEW, field: said})
    assert answer.status_code == 422
    assert words in read(answer)
    assert not Claim.objects.exists()


def test_a_number_that_is_known_leads_to_who_bears_it(oscar, town) -> None:
    held = OrganisationFactory(name="Déjà là", siren="732829320")
    answer = entered(oscar).post(f"{HERE}creer/", {**NEW, "siren": "732829320", "doubles": "aucune"})
    assert "Nous la connaissons déjà" in read(answer)
    assert f"{HERE}{held.pk}/rejoindre/" in read(answer)
    assert not Claim.objects.exists()


def test_those_alike_are_shown_and_set_aside(oscar, town) -> None:
    OrganisationFactory(name="Ateliers du Furan", slug="ateliers-du-furan", seat=town)
    first = entered(oscar).post(f"{HERE}creer/", NEW)
    assert first.status_code == 422
    assert "presque le même nom" in read(first)
    assert not Claim.objects.exists()
    entered(oscar).post(f"{HERE}creer/", {**NEW, "doubles": "aucune"})
    assert Claim.objects.count() == 1


# The team.


def test_inviting_removing_naming_with_confirmation(halle, ada, mia) -> None:
    client, team = entered(ada), member_of(halle, mia)
    sent = client.post(f"{HERE}{halle.pk}/equipe/", {"email": "new@exemple.fr", "role": "member"}, follow=True)
    assert "L’invitation est partie" in read(sent)
    for page in ("role", "retirer"):
        assert client.get(f"{HERE}{halle.pk}/equipe/{team.pk}/{page}/").status_code == 200
    assert Member.objects.count() == 2
    client.post(f"{HERE}{halle.pk}/equipe/{team.pk}/role/", {"role": "administrator"})
    assert member_of(halle, mia).is_administrator
    assert "Vous administrez désormais" in str(mails_to("mia@exemple.fr")[-1].body)
    client.post(f"{HERE}{halle.pk}/equipe/{team.pk}/retirer/")
    assert not halle.members.filter(user=mia).exists()
    assert "a retiré" in str(mails_to("mia@exemple.fr")[-1].body)


@pytest.mark.parametrize(
    ("email", "role"),
    [
        ("pas une adresse", "member"),
        ("x@exemple.fr\nBcc: y@exemple.fr", "member"),
        ("x@exemple.fr, y@exemple.fr", "member"),
        ("", "member"),
        ("x@exemple.fr", "secretariat"),
        ("x@exemple.fr", ""),
        ("x" * 250 + "@exemple.fr", "member"),
    ],
)
def test_bad_invitations_send_nothing(halle, ada, email: str, role: str) -> None:
    assert entered(ada).post(f"{HERE}{halle.pk}/equipe/", {"email": email, "role": role}).status_code == 422
    assert mail.outbox == []
    assert not Invitation.objects.exists()


def test_the_last_administrator_reads_what_to_do(halle, ada, mia) -> None:
    client = entered(ada)
    page = read(client.get(f"{HERE}{halle.pk}/quitter/"))
    assert "Nommez d’abord quelqu’un" in page
    assert "Oui, quitter" not in page
    assert client.post(f"{HERE}{halle.pk}/quitter/").status_code == 409
    own = member_of(halle, ada)
    assert client.post(f"{HERE}{halle.pk}/equipe/{own.pk}/role/", {"role": "member"}).status_code == 409
    assert client.post(f"{HERE}{halle.pk}/equipe/{own.pk}/retirer/")["Location"] == f"{HERE}{halle.pk}/quitter/"
    assert client.post(f"{HERE}{halle.pk}/confier/").status_code == 409
    assert member_of(halle, ada).is_administrator


def test_the_secretariat_gets_it_back_from_whoever_is_alone(halle, ada) -> None:
    client = entered(ada)
    assert "Personne ne peut prendre la suite" in read(client.get(f"{HERE}{halle.pk}/quitter/"))
    client.post(f"{HERE}{halle.pk}/confier/")
    assert not halle.members.exists()


# Invitations, as links.


def link_to(halle, ada, email: str = "oscar@exemple.fr") -> str:
    return invitations.link(invitations.invite(by=ada, organisation=halle, email=email, role=Role.MEMBER))


def test_an_invitation_is_read_then_accepted(client: Client, halle, ada, oscar) -> None:
    link = link_to(halle, ada)
    page = read(client.get(link))
    assert "o…@exemple.fr" in page
    assert "oscar@" not in page
    mine = entered(oscar)
    assert "Accepter l’invitation" in read(mine.get(link))
    assert not Member.objects.filter(user=oscar).exists()
    assert mine.post(link)["Location"] == f"{HERE}{halle.pk}/equipe/"
    again = mine.post(link)
    assert again.status_code == 410
    assert "Vous avez déjà accepté" in read(again)


def test_a_link_that_no_longer_holds_says_why(client: Client, halle, ada, mia, oscar) -> None:
    link = link_to(halle, ada)
    other = entered(mia).get(link)
    assert (other.status_code, "votre compte est à une autre adresse" in read(other)) == (403, True)
    entered(ada).post(f"{HERE}{halle.pk}/invitations/{Invitation.objects.get().pk}/annuler/")
    assert "a été retirée" in read(entered(oscar).get(link))
    link = link_to(halle, ada)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    for each in (client, entered(oscar)):
        old = each.get(link)
        assert (old.status_code, "n’est plus valable" in read(old)) == (410, True)
    for bad in ("1:forged", "x", "1"):
        assert client.get(f"{HERE}invitation/{bad}/").status_code == 404
    assert not Member.objects.filter(user=oscar).exists()


# The space, and how many questions a page asks.


def test_the_space_leads_to_it(oscar, halle, mia) -> None:
    assert "Rejoindre ou créer mon organisation" in read(entered(oscar).get("/mon-espace/"))
    assert "La Halle du Forez (membre)" in read(entered(mia).get("/mon-espace/"))


def test_the_space_says_what_comes_once_one_acts_for_an_organisation(oscar, mia, town) -> None:
    coming = "vos besoins, vos offres, et avec qui faire alliance"
    assert coming in read(entered(oscar).get("/mon-espace/"))
    entered(oscar).post(f"{HERE}creer/", NEW)
    waiting = read(entered(oscar).get("/mon-espace/"))
    assert f"Une fois votre demande acceptée viennent ici {coming}" in waiting
    assert coming not in read(entered(mia).get("/mon-espace/"))


def test_the_form_says_what_a_sphere_is_and_what_is_to_be_checked(oscar, halle, ada) -> None:
    form = read(entered(oscar).get(f"{HERE}creer/"))
    assert "Ce qu’elle est avant tout" in form
    assert "vérifier que vous agissez pour elle" in form


def test_a_territory_to_add_says_for_what_and_of_which_levels(halle, ada, town) -> None:
    """Those that are kept are not told optional: they are there to be unticked."""
    halle.territories.add(town)
    form = read(entered(ada).get(f"{HERE}{halle.pk}/fiche/ou/"))
    assert "Ajouter un territoire où elle agit" in form
    assert "une intercommunalité, un département ou une région" in form
    assert "Territoires où elle agit</legend>" in form


def test_a_team_of_one_or_twenty_asks_as_many_questions(halle, ada, django_assert_num_queries) -> None:
    client = entered(ada)
    client.get(f"{HERE}{halle.pk}/equipe/")
    with django_assert_num_queries(6) as first:
        client.get(f"{HERE}{halle.pk}/equipe/")
    for n in range(20):
        join(halle, person(f"p{n}@exemple.fr"))
    with django_assert_num_queries(len(first)):
        client.get(f"{HERE}{halle.pk}/equipe/")


# The desk.


def test_the_desk_sorts_decides_and_tells(desk: Client, halle, oscar, town) -> None:
    claim = claims.ask(by=oscar, organisation=halle, position="président", message="Voyez le site")
    made = claims.propose(
        by=oscar,
        proposed={"name": "Les Ateliers du Furan", "seat_id": town.pk, "sphere": "association"},  # type: ignore[typeddict-item]
        position="x",
        message="",
    )
    here = "/gestion/organisations/demandes/"
    assert "La Halle du Forez" in read(desk.get(here))
    page = read(desk.get(f"{here}{claim.pk}/"))
    assert "Voyez le site" in page
    assert "oscar@exemple.fr" in page
    assert desk.post(f"{here}{claim.pk}/refuser/", {"reason": ""}).status_code == 422
    assert desk.post(f"{here}{claim.pk}/accepter/", {"role": "roi"}).status_code == 422
    desk.post(f"{here}{claim.pk}/accepter/", {"role": "administrator"})
    assert member_of(halle, oscar).is_administrator
    assert desk.post(f"{here}{claim.pk}/refuser/", {"reason": "trop tard"}).status_code == 409
    assert "nouvelle" in read(desk.get(here))
    assert "Saint-Étienne" in read(desk.get(f"{here}{made.pk}/"))
    desk.post(f"{here}{made.pk}/refuser/", {"reason": "Inconnue au registre."})
    assert Claim.objects.get(pk=made.pk).status == ClaimStatus.REFUSED
    assert "Inconnue au registre." in read(desk.get(f"{here}{made.pk}/"))
    assert "Inconnue au registre." in read(entered(oscar).get(HERE))
    assert desk.get(f"{here}999999/").status_code == 404


def test_the_desk_is_the_secretariats(halle, ada, oscar) -> None:
    claim = claims.ask(by=oscar, organisation=halle, position="x", message="")
    here = "/gestion/organisations/demandes/"
    assert entered(ada).get(here).status_code == 403
    assert entered(ada).post(f"{here}{claim.pk}/accepter/", {"role": "administrator"}).status_code == 403
    assert Client().get(here).status_code == 302
    assert Claim.objects.get().status == ClaimStatus.WAITING
