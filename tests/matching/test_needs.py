"""Needs and offers in suggestions: each a unit of its own, seen at the next question."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairealliance.matching import live as live_module
from fairealliance.matching import loader, suggest
from fairealliance.matching.live import live
from fairealliance.needs import actions
from fairealliance.needs.enums import Side
from fairealliance.needs.life import Verb
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Organisation
from tests.factories import OrganisationFactory, TerritoryFactory
from tests.needs.cast import published
from tests.organisations.cast import join, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_module, "_LOOK_EVERY", 0.0)
    live.forget()
    loader.geography.forget()


@pytest.fixture
def town():
    return TerritoryFactory(code="42218", name="Saint-Étienne", latitude=45.4397, longitude=4.3872)


@pytest.fixture
def seeker(town) -> Organisation:
    return OrganisationFactory(name="Qui cherche", seat=town)


@pytest.fixture
def mia(seeker):
    user = person("mia@exemple.fr")
    join(seeker, user)
    return user


@pytest.fixture
def ann():
    user = person("ann@exemple.fr")
    # Nowhere and known for nothing: only its offer can show it.
    join(OrganisationFactory(name="Qui propose"), user)
    return user


def of(user) -> Organisation:
    return user.memberships.get().organisation


def seen(pk: int) -> dict[str, float]:
    """Names of those suggested, with how much they complete the one who asks."""
    return {
        line.organisation.name: line.suggestion.parts["complementarity"] for line in suggest.for_organisation(pk).lines
    }


def test_an_offer_is_seen_at_the_next_question_and_completes_the_need(seeker, mia, ann) -> None:
    assert seen(seeker.pk) == {}
    offer = published(ann, of(ann), Side.OFFER)
    assert seen(seeker.pk) == {"Qui propose": 0.0}
    need = published(mia, seeker)
    assert seen(seeker.pk)["Qui propose"] > 0
    assert "premises" not in str(suggest.for_organisation(seeker.pk).limits)
    actions.move(by=mia, need=need, verb=Verb.MEET)
    assert seen(seeker.pk) == {"Qui propose": 0.0}
    actions.move(by=ann, need=offer, verb=Verb.CLOSE)
    assert seen(seeker.pk) == {}
    actions.renew(by=ann, need=offer)
    assert seen(seeker.pk) == {"Qui propose": 0.0}


def test_what_is_sought_by_them_counts_too(seeker, mia, ann) -> None:
    published(mia, seeker, Side.OFFER, exchange="funding")
    published(ann, of(ann), exchange="funding")
    assert seen(seeker.pk)["Qui propose"] > 0


def test_what_goes_by_link_is_shown_to_nobody_and_drafts_neither(seeker, ann) -> None:
    published(ann, of(ann), Side.OFFER, visibility="link")
    assert seen(seeker.pk) == {}


def test_what_is_for_the_network_is_kept_from_others(seeker, ann) -> None:
    published(ann, of(ann), Side.OFFER, visibility="network")
    engine = live.engine()
    told = {int(engine.units.key[i]): bool(engine.units.network_only[i]) for i in range(engine.count)}
    assert told[Need.objects.get().pk] is True
    assert told[0] is False


def test_its_time_is_a_gate_though_the_worker_is_late(seeker, ann) -> None:
    offer = published(ann, of(ann), Side.OFFER)
    assert seen(seeker.pk) == {"Qui propose": 0.0}
    late = timezone.localdate() + timedelta(days=91)
    assert offer.expires_on is not None
    assert [line.organisation.name for line in suggest.for_organisation(seeker.pk, today=offer.expires_on).lines]
    assert not suggest.for_organisation(seeker.pk, today=late).lines


def test_from_afar_it_is_shown_everywhere(seeker, ann) -> None:
    published(ann, of(ann), Side.OFFER, place_0="", is_remote="on")
    assert seen(seeker.pk) == {"Qui propose": 0.0}


def test_one_whose_organisation_closed_is_not_shown(seeker, ann) -> None:
    published(ann, of(ann), Side.OFFER)
    Organisation.objects.filter(pk=of(ann).pk).update(closed_on=timezone.localdate())
    assert seen(seeker.pk) == {}
