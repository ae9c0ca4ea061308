"""The one who writes the index: opens it or rebuilds it, takes in documents, remembers how far it has read."""

import logging
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.db.models import Max
from tantivy import Document, Index, IndexWriter, Query

from fairealliance.journal.models import Change
from fairealliance.lib.collector import without_collector
from fairealliance.search.analysis import analyser
from fairealliance.search.documents import Doc, sources
from fairealliance.search.health import Sizes, guarded
from fairealliance.search.schema import number_of, schema, to_tantivy
from fairealliance.search.store import Store, read_cursor, write_cursor

logger = logging.getLogger(__name__)
T = TypeVar("T")
_HEAP = 64_000_000
_BATCH = 1_000
_AHEAD = 2  # batches made ready while a commit is under way


class Writer:
    """An index folder open for writing. Only under `Store.writing()`."""

    def __init__(self, folder: Path, *, heap: int = _HEAP, threads: int = 1) -> None:
        self.folder = folder
        exists = guarded(lambda: Index.exists(str(folder)))
        self._index: Index = guarded(lambda: Index.open(str(folder)) if exists else Index(schema(), path=str(folder)))
        # A reader of tantivy's own would follow meta.json in a thread of its own: a file cut short while it maps it in
        # ends the process (SIGBUS). We reload after each commit.
        self._index.config_reader("manual")
        self._writer: IndexWriter = guarded(lambda: self._index.writer(heap, threads))
        self.cursor = read_cursor(folder)
        self.taken = self.cursor
        """How far it has read, visible or not."""
        self._committed = self.cursor  # how far it will be visible once the commit under way, if any, is done
        self._since = 0.0  # when the first of the changes after that were taken in, 0 when there is none
        self._sizes = Sizes(folder)
        self._pending: set[int] = set()  # numbers of what was replaced since the last commit
        self._beside = ThreadPoolExecutor(1, "index-commit")
        self._commit: Future[None] | None = None
        self._waiting: list[tuple[Sequence[str], list[Document]]] = []

    def put(self, docs: Iterable[Doc]) -> None:
        """Add documents that are not there yet."""
        words = analyser()
        for doc in docs:
            self._writer.add_document(to_tantivy(doc, words))

    def replace(self, refs: Sequence[str], docs: Iterable[Doc]) -> None:
        """Take `refs` out and `docs` in. While a commit is under way, some are made ready and wait."""
        words = analyser()
        self._waiting.append((refs, [to_tantivy(doc, words) for doc in docs]))
        if self._commit is None or self._commit.done() or len(self._waiting) >= _AHEAD:
            self._hand_over()

    def _hand_over(self) -> None:
        """What waited. Where none of the refs was there, as in an import, nothing is asked to be taken out: tantivy
        would look for each in every segment.
        """
        self.settle()
        waiting, self._waiting = self._waiting, []
        for refs, documents in waiting:
            numbers = list(map(number_of, refs))
            if not self._pending.isdisjoint(numbers) or self._has_any(numbers):
                self._writer.delete_documents_by_query(_these(numbers))
            self._pending.update(numbers)
            for document in documents:
                self._writer.add_document(document)

    def _has_any(self, numbers: Sequence[int]) -> bool:
        """Whether one of them is in the index as last committed, by whomever: a crash may have lost the cursor."""
        return bool(guarded(lambda: self._index.searcher().search(_these(numbers), 1, count=False).hits))

    def took(self, cursor: int) -> None:
        """The documents of all changes up to this one were given."""
        self.taken = cursor
        self._since = self._since or time.monotonic()

    def is_due(self, seconds: float, *, most: int) -> bool:
        """Once something was taken in: whether it has waited that long to be visible, or is about so many changes."""
        return time.monotonic() - self._since >= seconds or self.taken - self._committed >= most

    def commit(self, cursor: int) -> None:
        """Make everything visible."""
        self.took(cursor)
        self.catch_up()

    def catch_up(self) -> bool:
        """Make visible what is not. Whether there was any; raises what went wrong."""
        if self._since:
            self.start_commit()
        return self.settle()

    def start_commit(self) -> None:
        """Make it visible soon: tantivy works without Python, which may read on meanwhile."""
        self._hand_over()
        self._pending.clear()
        self._committed, self._since = self.taken, 0.0
        self._commit = self._beside.submit(self._commit_now, self.taken)

    def _commit_now(self, cursor: int) -> None:
        """A crash before the cursor is written takes the same changes in again: no harm."""
        guarded(self._writer.commit)
        guarded(self._index.reload)
        write_cursor(self.folder, cursor)
        self.cursor = cursor

    def settle(self) -> bool:
        """Wait for the commit under way. Whether there was one; raises what went wrong."""
        commit, self._commit = self._commit, None
        if commit is None:
            return False
        commit.result()
        return True

    def check(self) -> None:
        """Raises Damaged when the files are not what commits and merges made of them."""
        self._sizes.follow()

    def close(self) -> None:
        """Wait for the commit under way and the merges: tantivy frees its lock only then."""
        try:
            self.settle()
        finally:
            self._beside.shutdown()
            guarded(self._writer.wait_merging_threads)


def _these(numbers: Sequence[int]) -> Query:
    return Query.term_set_query(schema(), "number", numbers)


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
