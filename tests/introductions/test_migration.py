"""Threads of before anybody's reading was noted."""

import pytest

from fairealliance.introductions import unread
from fairealliance.introductions.models import Introduction, Reading
from tests.introductions.world import asked
from tests.migrating import before
from tests.organisations import cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_written_before_is_new_to_nobody() -> None:
    halle, fabrique, other = cast.organisation(), cast.organisation(name="La Fabrique"), cast.organisation(name="Autre")
    mia, fanny, oscar = (cast.person(f"{name}@exemple.fr") for name in ("mia", "fanny", "oscar"))
    for organisation, user in ((halle, mia), (fabrique, fanny), (other, oscar)):
        cast.join(organisation, user)
    made, silent = asked(mia, halle, fabrique), asked(fanny, fabrique, other)
    silent.messages.all().delete()
    assert unread.counts(Introduction.objects.of(fanny), fanny) == (2, 1), "control: it would be new"
    with before("introductions", "0003_outcome_nobody"):
        pass
    assert unread.counts(Introduction.objects.of(fanny), fanny) == (2, 0)
    last = made.messages.get().pk
    assert set(Reading.objects.values_list("introduction", "user", "up_to")) == {
        (made.pk, user.pk, last) for user in (mia, fanny)
    }
