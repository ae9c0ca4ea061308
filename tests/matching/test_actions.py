"""Not for us, and who was shown."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from fairealliance.accounts.actors import SYSTEM
from fairealliance.journal.models import Entry
from fairealliance.matching import actions, suggest
from fairealliance.matching.accounts import Held, figures
from fairealliance.matching.exposure import Share
from fairealliance.matching.live import live
from fairealliance.matching.loader import geography
from fairealliance.matching.models import Attention, Refusal
from fairealliance.matching.policy import current
from fairealliance.organisations.models import Organisation
from tests.factories import OrganisationFactory, TerritoryFactory, UserFactory

TODAY = date(2026, 11, 21)
pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    live.forget()
    geography.forget()
    town = TerritoryFactory(code="42218")
    return OrganisationFactory(seat=town), OrganisationFactory(seat=town)


def owners(pk: int) -> list[int]:
    return [line.organisation.pk for line in suggest.for_organisation(pk, today=TODAY).lines]


def test_not_for_us_holds_at_once_and_both_ways_until_withdrawn(pair) -> None:
    ours, theirs = pair
    assert (owners(ours.pk), owners(theirs.pk)) == ([theirs.pk], [ours.pk])
    refusal = actions.refuse(by=SYSTEM, organisation=ours, other=theirs, reason="too_far")
    assert (owners(ours.pk), owners(theirs.pk)) == ([], [])
    assert refusal.policy == current().version
    actions.withdraw_refusal(by=SYSTEM, refusal=refusal)
    assert (owners(ours.pk), owners(theirs.pk)) == ([theirs.pk], [ours.pk])
    assert list(Entry.objects.order_by("sequence").values_list("verb", flat=True)) == [
        "match-refused",
        "match-refusal-withdrawn",
    ]


def test_said_again_the_last_reason_holds(pair) -> None:
    for reason in ("too_far", "values"):
        actions.refuse(by=SYSTEM, organisation=pair[0], other=pair[1], reason=reason)
    assert [refusal.reason for refusal in Refusal.objects.all()] == ["values"]


@pytest.mark.parametrize("given", [{"reason": "whim"}, {"note": "x" * 501}, {"other": "itself"}])
def test_what_cannot_be_said_is_refused(pair, given: dict[str, str]) -> None:
    said = {"organisation": pair[0], "other": pair[1], "reason": "other", **given}
    if given.get("other"):
        said["other"] = pair[0]
    with pytest.raises(ValidationError):
        actions.refuse(by=SYSTEM, **said)
    assert not Refusal.objects.exists()


def test_an_outsider_may_not(pair) -> None:
    outsider = UserFactory()
    with pytest.raises(PermissionDenied):
        actions.refuse(by=outsider, organisation=pair[0], other=pair[1], reason="other")
    refusal = actions.refuse(by=SYSTEM, organisation=pair[0], other=pair[1], reason="other")
    with pytest.raises(PermissionDenied):
        actions.withdraw_refusal(by=outsider, refusal=refusal)
    assert Refusal.objects.exists()


def test_accounts_add_up_and_those_who_left_are_left_out(pair) -> None:
    ours, theirs = pair
    for _turn in range(2):
        actions.count_shown(
            shares=[Share(theirs.pk, 1.0, 0.25), Share(ours.pk, 0.0, 0.75), Share(theirs.pk + 99, 0.5, 0.5)]
        )
    assert list(Attention.objects.order_by("pk").values_list("pk", "had", "times_shown", "times_contender")) == [
        (ours.pk, 0.0, 0, 2),
        (theirs.pk, 2.0, 2, 2),
    ]
    numbers = np.array([ours.pk, theirs.pk, 0])
    assert Held(numbers).owed(numbers).tolist() == [1.5, -1.5, 0.0]


def test_half_is_forgotten_in_as_long_as_the_policy_says(pair) -> None:
    actions.count_shown(shares=[Share(pair[0].pk, 1.0, 3.0)])
    actions.forget_attention(current().exposure.half_life_days)
    numbers = np.array([pair[0].pk])
    assert Held(numbers).owed(numbers).tolist() == [1.0]


def test_the_secretariat_reads_who_is_shown_the_new_ones_apart(pair) -> None:
    Organisation.objects.filter(pk=pair[0].pk).update(created_at=timezone.now() - timedelta(days=400))
    actions.count_shown(shares=[Share(pair[0].pk, 1.0, 0.5), Share(pair[1].pk, 0.0, 0.5)])
    told = figures()
    assert (told.everyone.organisations, told.everyone.never_shown, told.everyone.gini) == (2, 1, 0.5)
    assert (told.new.organisations, told.new.never_shown) == (1, 1)
