"""The worker's thread, which sees only what is committed."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from fairealliance.search import follow
from fairealliance.search.engine import find
from fairealliance.search.query import Query
from fairealliance.search.reader import Reader
from fairealliance.search.store import Store
from tests.factories import PracticeFactory
from tests.roots import make_roots
from tests.search.test_follow import change, delete_all


@pytest.fixture(scope="module", autouse=True)
def _whole_again(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """A test that commits ends by emptying every table: what Wagtail's migrations put there is made again."""
    yield
    with django_db_blocker.unblock():
        make_roots()


@pytest.mark.django_db(transaction=True)
def test_the_worker_follows_until_told_to_stop(store: Store) -> None:
    PracticeFactory(title="Un jardin partagé")
    stop = threading.Event()
    worker = threading.Thread(target=follow.run_forever, args=(stop, store))
    worker.start()
    try:
        reader = Reader(store)
        assert _until(lambda: find(Query("jardin"), at=reader).total == 1)
        change("practice", PracticeFactory(title="Second jardin").pk)
        assert _until(lambda: find(Query("jardin"), at=reader).total == 2)
        delete_all(store)
        assert _until(lambda: find(Query("jardin"), at=reader).total == 2)
    finally:
        stop.set()
        worker.join(20)
    assert not worker.is_alive()


def _until(true: Callable[[], bool]) -> bool:
    limit = time.monotonic() + 15
    while time.monotonic() < limit:
        if true():
            return True
        time.sleep(0.05)
    return False
