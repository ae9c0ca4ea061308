"""Writing practices by the batch."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from fairealliance.accounts.actors import SYSTEM
from fairealliance.journal.models import Change
from fairealliance.practices import actions
from fairealliance.practices.models import Practice
from fairealliance.practices.rows import LinkRow, PartnerRow, PracticeRow
from tests.factories import ResourceFactory, SourceFactory, TerritoryFactory, UserFactory

pytestmark = pytest.mark.django_db


def row(key: str = "a", fingerprint: str = "1", title: str = "Titre", **fields: object) -> PracticeRow:
    return PracticeRow(key, fingerprint, title)._replace(**fields)


def save(*rows: PracticeRow):
    return actions.save_batch(by=SYSTEM, source=SourceFactory(), rows=rows)


def test_links_are_those_of_the_row_no_more_no_less():
    here, there, tool = TerritoryFactory(), TerritoryFactory(), ResourceFactory()
    partners = (PartnerRow(None, "Un", role="lead"), PartnerRow(None, "Deux", role="partner"))
    save(row(partners=partners, territories=(here.pk,), tools=(tool.pk, tool.pk)))
    save(row(fingerprint="2", partners=partners[1:], territories=(there.pk,)))
    practice = Practice.objects.get()
    assert [partner.name for partner in practice.partners.all()] == ["Deux"]
    assert list(practice.territories.all()) == [there]
    assert not practice.tools.exists()


def test_the_same_row_again_touches_nothing():
    save(row(goals=(4, 8)))
    saved = save(row(goals=(4, 8)))
    assert (saved.created, saved.updated, saved.unchanged) == ([], [], 1)
    assert Change.objects.filter(kind="practice").count() == 1


def test_the_same_key_in_another_source_is_another_practice():
    save(row())
    actions.save_batch(by=SYSTEM, source=SourceFactory(slug="autre"), rows=[row()])
    assert Practice.objects.count() == 2


def test_attaching_adds_and_says_how_many_it_altered():
    place = TerritoryFactory()
    save(row(partners=(PartnerRow(None, "Un", role="lead"),)))
    link = LinkRow("a", (PartnerRow(None, "Un", role="lead"), PartnerRow(None, "Deux", role="lead")), (place.pk,))
    attach = {"by": SYSTEM, "source": SourceFactory(), "rows": [link, link._replace(key="unknown")]}
    assert actions.attach_batch(**attach) == 1
    assert actions.attach_batch(**attach) == 0
    assert Practice.objects.get().partners.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_batch_is_written_whole_or_not_at_all():
    with pytest.raises(IntegrityError):
        save(row("a"), row("b", start_year=2024, end_year=2020))
    assert not Practice.objects.exists()


def test_only_the_secretariat_and_the_system_write():
    outsider = UserFactory()
    for act in (
        lambda: actions.save_batch(by=outsider, source=SourceFactory(), rows=[row()]),
        lambda: actions.attach_batch(by=outsider, source=SourceFactory(), rows=[]),
        lambda: actions.remove_demo(by=outsider),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert not Practice.objects.exists()
