"""What is closed stays closed; what is published was read over; who owes a second proof has no right of the desk."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.lib.lives import NotAllowed
from fairealliance.needs import actions
from fairealliance.needs.actions import Conflict
from fairealliance.needs.enums import Side
from fairealliance.needs.life import Verb
from fairealliance.needs.links import renewal_path
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Organisation
from tests.factories import UserFactory
from tests.needs.cast import OWN, draft, published, words


def test_what_the_secretariat_closed_its_members_do_not_reopen(mia: User, halle: Organisation, editor: User) -> None:
    need = actions.move(by=editor, need=published(mia, halle), verb=Verb.CLOSE)
    client = Client()
    client.force_login(mia)
    assert "Renouveler" not in client.get(OWN).content.decode()
    client.post(f"{OWN}{need.pk}/etat/renouveler/")
    need.refresh_from_db()
    assert need.status == "closed"
    with pytest.raises(NotAllowed, match="secrétariat"):
        actions.renew(by=mia, need=need)


def test_what_its_members_closed_they_reopen(mia: User, halle: Organisation) -> None:
    need = actions.move(by=mia, need=published(mia, halle), verb=Verb.CLOSE)
    client = Client()
    client.force_login(mia)
    assert "Rouvrir" in client.get(OWN).content.decode()
    said = client.post(f"{OWN}{need.pk}/etat/renouveler/", follow=True).content.decode()
    assert "C’est rouvert" in said
    need.refresh_from_db()
    assert need.status == "published"


@pytest.mark.parametrize("verb", [Verb.CLOSE, Verb.MEET])
def test_an_old_mail_reopens_nothing(mia: User, halle: Organisation, verb: Verb) -> None:
    need = published(mia, halle)
    path = renewal_path(need, mia)
    after = actions.move(by=mia, need=need, verb=verb).status
    Client().post(path)
    need.refresh_from_db()
    assert need.status == after


def test_who_owes_a_second_proof_moderates_nothing(mia: User, halle: Organisation, client: Client) -> None:
    unproven = UserFactory(email="sans-preuve@exemple.fr", is_secretariat=True, proven=False)
    need = published(mia, halle, visibility="network")
    client.force_login(unproven)
    assert client.get(need.get_absolute_url()).status_code == 404
    assert need.title not in client.get("/besoins/").content.decode()
    assert client.post(f"{OWN}{need.pk}/etat/fermer/").status_code == 404
    with pytest.raises(PermissionDenied):
        actions.move(by=unproven, need=need, verb=Verb.CLOSE)


def test_what_was_not_read_over_is_not_published(mia: User, halle: Organisation) -> None:
    need = draft(mia, halle)
    client = Client()
    client.force_login(mia)
    page = client.get(f"{OWN}{need.pk}/relire/").content.decode()
    assert f'name="version" value="{need.version}"' in page
    actions.save(by=mia, need=need, raw=words(title="D’autres mots"), version=need.version, page="autre")
    told = client.post(f"{OWN}{need.pk}/publier/", {"version": need.version}, follow=True).content.decode()
    assert "relisez-le avant de publier" in told
    assert Need.objects.get().status == "draft"
    with pytest.raises(Conflict):
        actions.publish(by=mia, need=need, version=need.version)


def test_an_organisation_that_closed_seeks_nothing(mia: User, halle: Organisation, client: Client) -> None:
    need = published(mia, halle)
    assert need.title in client.get("/besoins/").content.decode()
    Organisation.objects.filter(pk=halle.pk).update(closed_on=timezone.localdate() - timedelta(days=1))
    assert need.title not in client.get("/besoins/").content.decode()
    assert not Need.objects.public().exists()


def test_offers_are_shown_beside_many_needs(mia: User, halle: Organisation, client: Client) -> None:
    for number in range(12):
        published(mia, halle, title=f"Besoin {number}")
    offer = published(mia, halle, Side.OFFER, title="Des établis à prêter")
    assert offer.title in client.get(halle.get_absolute_url()).content.decode()
