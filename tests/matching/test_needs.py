"""Needs and offers in suggestions: each a unit of its own, seen at the next question."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairealliance.matching import suggest
from fairealliance.matching.live import live
from fairealliance.needs import actions
from fairealliance.needs.enums import Side
from fairealliance.needs.life import Verb
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Organisation, OrganisationTerritory
from fairealliance.territories.models import Membership
from tests.factories import OrganisationFactory, TerritoryFactory
from tests.needs.cast import published
from tests.organisations.cast import join, person

pytestmark = pytest.mark.django_db


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


def test_who_acts_in_the_whole_country_is_shown_who_it_could_help_there(seeker, mia, ann, town) -> None:
    france = TerritoryFactory(level="pays", code="FR", name="France", slug="france")
    Membership.objects.create(child=town, parent=france)
    OrganisationTerritory.objects.create(organisation=of(ann), territory=france)
    published(mia, seeker)
    published(ann, of(ann), Side.OFFER)
    assert seen(seeker.pk)["Qui propose"] > 0
    answer = suggest.for_organisation(of(ann).pk)
    (line,) = answer.completing
    assert line.organisation == seeker
    assert "Là où vous agissez : Saint-Étienne (commune)." in [reason.text for reason in line.told.reasons]
    assert "lieu" not in str(answer.limits)


def test_who_acts_in_the_whole_country_and_sits_somewhere_is_told_how_far(seeker, ann, town) -> None:
    france = TerritoryFactory(level="pays", code="FR", name="France", slug="france")
    far = TerritoryFactory(code="71014", name="Autun", latitude=46.95, longitude=4.3)
    for child in (town, far):
        Membership.objects.create(child=child, parent=france)
    Organisation.objects.filter(pk=of(ann).pk).update(seat=town)
    OrganisationTerritory.objects.create(organisation=of(ann), territory=france)
    OrganisationFactory(name="Au loin", seat=far)
    told = {line.organisation.name: line.suggestion.km for line in suggest.for_organisation(of(ann).pk).lines}
    assert told == {"Qui cherche": pytest.approx(0.0, abs=0.01), "Au loin": None}


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
