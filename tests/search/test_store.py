"""The folder of the index, whatever people put in its place."""

import pytest

from fairealliance.search import engine, follow
from fairealliance.search.query import Query, State
from fairealliance.search.reader import Reader
from tests.factories import PracticeFactory


@pytest.mark.django_db
def test_a_file_in_place_of_the_folder_is_replaced(store) -> None:
    PracticeFactory(title="Un jardin partagé")
    store.folder.parent.mkdir(parents=True, exist_ok=True)
    store.folder.write_text("not a folder")
    assert engine.find(Query("jardin"), at=Reader(store)).state != State.READY
    follow.run_once(store)
    assert engine.find(Query("jardin"), at=Reader(store)).total == 1
