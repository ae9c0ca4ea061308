"""What we computed leaves the place of a source's own words; words of sources stay."""

from importlib import import_module

import pytest
from django.apps import apps

from fairealliance.observatory.models import Question, Result, Study
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db
COMPUTED = "intervalle à 95 % : 8,3–43,9 % ; effectif efficace : 41"


def test_notes_and_words_go_each_to_their_place() -> None:
    study = Study.objects.create(slug="e", title="Étude", actor="mayors")
    question = Question.objects.create(study=study, code="q", label="Question")
    ours, theirs = SourceFactory(slug="microdonnees-e"), SourceFactory(slug="journal")
    kept = {"question": question, "code": "oui", "answer": "Oui", "actor": "mayors", "told": COMPUTED}
    mine = Result.objects.create(**kept, source=ours, source_key="1")
    quoted = Result.objects.create(**kept, source=theirs, source_key="2")
    migration = import_module("fairealliance.observatory.migrations.0002_result_note")
    migration.to_notes(apps, None)
    for result in (mine, quoted):
        result.refresh_from_db()
    assert (mine.told, mine.note) == ("", COMPUTED)
    assert (quoted.told, quoted.note) == (COMPUTED, "")
    migration.to_told(apps, None)
    mine.refresh_from_db()
    assert (mine.told, mine.note) == (COMPUTED, "")
