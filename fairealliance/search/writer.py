"""The one who writes the index: opens it or rebuilds it, takes in documents, remembers how far it has read."""

import logging
import shutil
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.db.models import Max
from tantivy import Index, IndexWriter

from fairealliance.journal.models import Change
from fairealliance.lib.collector import without_collector
from fairealliance.search.analysis import analyser
from fairealliance.search.documents import Doc, sources
from fairealliance.search.health import Sizes, guarded
from fairealliance.search.schema import schema, to_tantivy
from fairealliance.search.store import Store, read_cursor, write_cursor

logger = logging.getLogger(__name__)
T = TypeVar("T")
_HEAP = 64_000_000
_BATCH = 1_000


class Writer:
    """An index folder open for writing. Only under `Store.writing()`."""

    def __init__(self, folder: Path, *, heap: int = _HEAP, threads: int = 1) -> None:
        self.folder = folder
        exists = guarded(lambda: Index.exists(str(folder)))
        self._index: Index = guarded(lambda: Index.open(str(folder)) if exists else Index(schema(), path=str(folder)))
        self._writer: IndexWriter = guarded(lambda: self._index.writer(heap, threads))
        self.cursor = read_cursor(folder)
        self._sizes = Sizes(folder)

    def put(self, docs: Iterable[Doc]) -> None:
        """Add documents that are not there yet."""
        words = analyser()
        for doc in docs:
            self._writer.add_document(to_tantivy(doc, words))

    def replace(self, refs: Iterable[str], docs: Iterable[Doc]) -> None:
        """Take `refs` out and `docs` in."""
        for ref in refs:
            self._writer.delete_documents_by_term("ref", ref)
        self.put(docs)

    def commit(self, cursor: int) -> None:
        """Make it visible. A crash before the cursor is written takes the same changes in again: no harm."""
        guarded(self._writer.commit)
        write_cursor(self.folder, cursor)
        self.cursor = cursor

    def check(self) -> None:
        """Raises Damaged when the files are not what commits and merges made of them."""
        self._sizes.follow()

    def close(self) -> None:
        """Wait for the merges: tantivy frees its lock only then."""
        guarded(self._writer.wait_merging_threads)


def rebuild(store: Store) -> int:
    """A new index of everything public, swapped in when whole. Returns how many documents it has."""
    cursor = last_change()
    folder = store.new_folder()
    try:
        count = _fill(folder, cursor)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    store.publish(folder)
    logger.info("Search index rebuilt: %d documents in %s", count, folder.name)
    return count


def _fill(folder: Path, cursor: int) -> int:
    writer, count = Writer(folder, heap=256_000_000, threads=2), 0
    with without_collector():
        for source in sources():
            for keys in batched(source.keys(), _BATCH):
                docs = list(source.build(keys))
                writer.put(docs)
                count += len(docs)
    writer.commit(cursor)
    writer.close()
    return count


def last_change() -> int:
    """The newest row of the outbox."""
    return Change.objects.aggregate(last=Max("id"))["last"] or 0


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size`."""
    pending = iter(items)
    while batch := list(islice(pending, size)):
        yield batch
