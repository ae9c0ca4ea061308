"""Requests of before: whose world they are of, who ended them, and no words of theirs left in notices."""

import pytest
from django.utils import timezone

from fairealliance.mailing.models import Notice
from fairealliance.network.models import SupportRequest
from tests.factories import OrganisationFactory, TerritoryFactory, UserFactory
from tests.migrating import before

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_the_invented_world_asked_is_marked_and_nothing_else() -> None:
    town = TerritoryFactory(code="42218")
    invented, real = UserFactory(is_demo=True), UserFactory()
    ours, theirs = OrganisationFactory(is_demo=True), OrganisationFactory()
    told = {
        "by-invented": (invented, None),
        "for-invented": (real, ours),
        "real": (real, theirs),
        "alone": (real, None),
        "of-nobody": (None, None),
    }
    with before("network", "0001_initial") as old:
        was = old.get_model("network", "SupportRequest")
        for key, (by, organisation) in told.items():
            pks = {"asked_by_id": by and by.pk, "organisation_id": organisation and organisation.pk}
            was.objects.create(start_key=key, commune_id=town.pk, status="desk", **pks)
    marked = SupportRequest.objects.filter(is_demo=True).order_by("start_key")
    assert list(marked.values_list("start_key", flat=True)) == ["by-invented", "for-invented"]
    assert SupportRequest.objects.count() == len(told)


def test_whose_words_an_outcome_is_and_notices_tell_them_no_more() -> None:
    town, asker, owner = TerritoryFactory(code="42218"), UserFactory(), UserFactory()
    notices = {
        "support:1:ended": ("support-requests", "Votre demande d’appui est terminée", "Ses mots : Zénobie."),
        "support:1:withdrawn": ("support-requests", "Une demande d’appui est retirée", "Retirée."),
        "catalyst:1:judged": ("catalyst-profile", "Votre profil de catalyseur n’est pas retenu", "Motif : Zénobie."),
        "catalyst:2:judged": ("catalyst-profile", "Votre profil de catalyseur est accepté", "Bienvenue."),
        "support:2:ended": ("support-requests", "Votre demande d’appui est terminée", ""),
    }
    with before("network", "0004_ended_by") as old:
        catalyst = old.get_model("network", "Catalyst").objects.create(user_id=owner.pk, name="Cléo", slug="cleo")
        was = old.get_model("network", "SupportRequest")
        facts = {"asked_by_id": asker.pk, "commune_id": town.pk, "due_at": timezone.now(), "outcome": "Des mots."}
        was.objects.create(start_key="by-catalyst", status="ended", catalyst=catalyst, **facts)
        was.objects.create(start_key="by-secretariat", status="ended", **facts)
        was.objects.create(start_key="held", status="accepted", catalyst=catalyst, **facts)
        for event, (kind, subject, text) in notices.items():
            told = {"kind": kind, "event": event, "subject": subject, "text": text}
            Notice.objects.create(user=asker, due_at=timezone.now(), **told)
    ended_by = dict(SupportRequest.objects.values_list("start_key", "ended_by"))
    assert ended_by == {"by-catalyst": owner.pk, "by-secretariat": None, "held": None}
    texts = dict(Notice.objects.values_list("event", "text"))
    assert not any("Zénobie" in text for text in texts.values())
    assert texts["support:1:ended"].startswith("Votre demande d’appui est terminée.")
    assert texts["catalyst:1:judged"].startswith("Le motif est sur la page")
    assert (texts["support:1:withdrawn"], texts["catalyst:2:judged"]) == ("Retirée.", "Bienvenue.")
    assert texts["support:2:ended"] == "", "forgotten already"
