"""Who sees what: what one may not see is as what does not exist, on pages, lists, feeds and counts."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fairealliance.accounts.models import User
from fairealliance.needs import actions
from fairealliance.needs.enums import Side
from fairealliance.needs.life import Verb
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Organisation
from fairealliance.territories import autocomplete
from tests.factories import TerritoryFactory
from tests.needs.cast import OWN, draft, published
from tests.organisations.cast import entered, read


@pytest.fixture
def clients(mia: User, nina: User, oscar: User, editor: User) -> dict[str, Client]:
    return {
        "public": Client(),
        "outsider": entered(oscar),
        "network": entered(nina),
        "own": entered(mia),
        "secretariat": entered(editor),
    }


SEEN = {
    "public": {"public", "outsider", "network", "own", "secretariat"},
    "network": {"network", "own", "secretariat"},
    "link": {"own"},
}


@pytest.mark.parametrize("visibility", SEEN)
def test_each_reader_on_page_list_organisation_and_feed(
    clients: dict[str, Client], mia: User, halle: Organisation, visibility: str
) -> None:
    need = published(mia, halle, title="Chose rare", visibility=visibility)
    own_page = halle.get_absolute_url()
    for name, client in clients.items():
        sees = name in SEEN[visibility]
        answer = client.get(need.get_absolute_url())
        assert answer.status_code == (200 if sees else 404), name
        in_lists = sees and visibility != "link"
        assert ("Chose rare" in read(client.get("/besoins/"))) is in_lists, name
        assert ("Chose rare" in read(client.get(own_page))) is in_lists, name
        assert ("1 besoin" in read(client.get("/besoins/")).replace("\xa0", " ")) is in_lists, name
        assert ("Chose rare" in read(client.get("/besoins/flux.atom"))) is (visibility == "public"), name


def test_hidden_and_absent_answer_alike(mia: User, halle: Organisation) -> None:
    need = published(mia, halle, visibility="network")
    hidden, absent = Client().get(need.get_absolute_url()), Client().get(f"/besoins/{need.pk + 1}-{need.slug}/")
    clean = [re.sub(rf"/{pk}-", "/N-", read(answer)) for pk, answer in ((need.pk, hidden), (need.pk + 1, absent))]
    assert hidden.status_code == absent.status_code == 404
    assert clean[0] == clean[1]


def test_the_link_leads_only_while_it_is_meant_to(mia: User, halle: Organisation) -> None:
    need = published(mia, halle, visibility="link")
    answer = Client().get(need.link())
    assert answer.status_code == 200
    assert "noindex" in answer["X-Robots-Tag"]
    assert len(need.token) >= 32
    assert Client().get(f"/besoins/lien/{need.token.swapcase()}/").status_code == 404
    actions.move(by=mia, need=need, verb=Verb.CLOSE)
    assert Client().get(need.link()).status_code == 404
    assert Client().get(published(mia, halle, visibility="network").link()).status_code == 404


def test_drafts_and_closed_ones_are_nobody_s(clients: dict[str, Client], mia: User, halle: Organisation) -> None:
    Need.objects.filter(pk=(being_written := draft(mia, halle)).pk).update(slug="x")
    closed = actions.move(by=mia, need=published(mia, halle), verb=Verb.CLOSE)
    for name, client in clients.items():
        assert client.get(f"/besoins/{being_written.pk}-x/").status_code == 404
        assert client.get(closed.get_absolute_url()).status_code == (200 if name == "own" else 404)


def test_one_s_pages_do_not_exist_for_others(clients: dict[str, Client], mia: User, halle: Organisation) -> None:
    need = published(mia, halle)
    for name in ("outsider", "network", "secretariat"):
        for path in ("", "relire/"):
            assert clients[name].get(f"{OWN}{need.pk}/{path}").status_code == 404
        for path in ("", "enregistrer/", "publier/", "jeter/", "etat/pourvu/"):
            assert clients[name].post(f"{OWN}{need.pk}/{path}").status_code == 404, (name, path)
        assert clients[name].post(f"{OWN}{need.pk}/etat/n-importe-quoi/").status_code == 404
    assert clients["network"].post(f"{OWN}{need.pk}/etat/fermer/").status_code == 404
    assert "Fermer (secrétariat)" in read(clients["secretariat"].get(need.get_absolute_url()))
    assert clients["secretariat"].post(f"{OWN}{need.pk}/etat/fermer/").status_code == 302
    need.refresh_from_db()
    assert need.status == "closed"


def test_acts_of_one_s_own_list(mia: User, halle: Organisation) -> None:
    client, need = entered(mia), published(mia, halle)
    page = read(client.get(OWN))
    for act in ("renouveler", "en-discussion", "pourvu", "fermer"):
        assert f"{OWN}{need.pk}/etat/{act}/" in page
    client.post(f"{OWN}{need.pk}/etat/en-discussion/")
    assert "En discussion" in read(Client().get("/besoins/"))
    assert "Plus personne ne pourra y répondre" in page, "asked before it is done"
    client.post(f"{OWN}{need.pk}/etat/pourvu/")
    over = read(client.get(OWN))
    assert "Rouvrir" in over
    assert "Renouveler" not in over
    assert "Aucun besoin" in read(Client().get("/besoins/"))
    assert "Ce n’est plus ouvert" in read(Client().get(need.get_absolute_url()))
    refused = client.post(f"{OWN}{need.pk}/etat/reprendre/", follow=True)
    assert "Ce n’est plus possible" in read(refused)


def titles(query: str, side: str = "besoins") -> set[str]:
    return {name for name in ("Zlocal", "Zdon", "Zloin") if name in read(Client().get(f"/{side}/?{query}"))}


def test_filters(mia: User, halle: Organisation) -> None:
    TerritoryFactory(code="75056", name="Paris", slug="paris")
    autocomplete.warm()
    published(mia, halle, title="Zlocal", goals=["4"])
    published(mia, halle, title="Zdon", exchange="funding", goals=["8"], place_0="departement:42")
    published(mia, halle, title="Zloin", goals=["8", "17"], place_0="commune:75056", is_remote="")
    assert titles("") == {"Zlocal", "Zdon", "Zloin"}
    assert titles("quoi=funding") == {"Zdon"}
    assert titles("odd=8") == {"Zdon", "Zloin"}
    assert titles("odd=17&quoi=premises") == {"Zloin"}
    assert titles("ou=commune:42218") == {"Zlocal", "Zdon"}, "what contains it too"
    assert titles("ou=departement:42") == {"Zlocal", "Zdon"}, "what it contains too"
    assert titles("ou=commune:75056") == {"Zloin"}
    assert titles("quoi=%27&odd=99&page=abc") == {"Zlocal", "Zdon", "Zloin"}
    assert "Nous ne connaissons pas ce lieu" in read(Client().get("/besoins/?ou=Nullepart"))
    assert "Rien qui réponde" in read(Client().get("/besoins/?quoi=data"))
    assert titles("", "offres") == set()


def test_as_many_queries_for_one_as_for_twenty(mia: User, halle: Organisation) -> None:
    client = entered(mia)
    counts = []
    for number in (1, 19):
        for n in range(number):
            published(mia, halle, Side.OFFER, title=f"Offre {n}")
        client.get("/offres/")
        with CaptureQueriesContext(connection) as seen:
            client.get("/offres/")
        with CaptureQueriesContext(connection) as own:
            client.get(OWN)
        counts.append((len(seen), len(own)))
    assert counts[0] == counts[1]


def test_another_name_leads_to_the_present_one(mia: User, halle: Organisation) -> None:
    need = published(mia, halle)
    moved = Client().get(f"/besoins/{need.pk}-ancien/")
    assert (moved.status_code, moved["Location"]) == (301, need.get_absolute_url())
    assert Client().get(f"/offres/{need.pk}-{need.slug}/").status_code == 404


def test_what_is_invented_says_so_wherever_it_is_shown(mia: User, halle: Organisation) -> None:
    need, offer = published(mia, halle), published(mia, halle, Side.OFFER)
    pages = ["/besoins/", "/offres/", need.get_absolute_url(), offer.get_absolute_url(), OWN]
    for page in pages:
        assert "Contenu inventé" not in read(entered(mia).get(page)), page
    Organisation.objects.filter(pk=halle.pk).update(is_demo=True)
    for page in [*pages, "/besoins/flux.atom", "/offres/flux.atom"]:
        assert "Contenu inventé" in read(entered(mia).get(page)), page
    assert 'content="noindex"' in read(Client().get(need.get_absolute_url()))


def test_the_link_to_give_has_its_host(mia: User, halle: Organisation, settings) -> None:
    settings.PUBLIC_ADDRESS = "https://faire.example"
    need = published(mia, halle, visibility="link")
    for page in (OWN, need.get_absolute_url()):
        assert f">https://faire.example/besoins/lien/{need.token}/<" in read(entered(mia).get(page))


def test_who_reads_and_until_when_is_said_rightly(mia: User, halle: Organisation) -> None:
    need = draft(mia, halle)
    assert "et n’est lu par personne avant" in read(entered(mia).get(f"{OWN}{need.pk}/"))
    assert "que vous avez dite, au plus tard." in read(entered(mia).get(f"{OWN}{need.pk}/relire/"))
