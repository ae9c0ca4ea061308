"""The reading side of an index: opened once per process, reloaded after each commit, let go when damaged."""

import os
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tantivy import Index, Searcher

from fairealliance.search.health import Damaged, Sizes, guarded
from fairealliance.search.query import State
from fairealliance.search.spelling import Speller
from fairealliance.search.store import Store

_Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class View:
    """One state of the index, the same for a whole question."""

    searcher: Searcher
    speller: Speller


class Reader:
    """Gives the latest view of a node's index. Threads share it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._folder: Path | None = None
        self._pointer: _Stamp | None = None
        self._meta: _Stamp | None = None
        self._sizes: Sizes | None = None
        self._view: View | None = None

    def view(self) -> View:
        """The index as last committed. Raises Damaged when there is none fit to answer."""
        with self._lock:
            try:
                return self._fresh()
            except (Damaged, OSError):
                # The writer may have swapped folders or merged files between two looks: look once more.
                self.forget()
                try:
                    return self._fresh()
                except OSError as error:
                    raise Damaged(str(error)) from error

    def _fresh(self) -> View:
        pointer = _stamp(self.store.pointer)
        if self._folder is None or pointer != self._pointer:
            self._open()
            self._pointer = pointer
        assert self._folder is not None
        assert self._index is not None
        meta = _stamp(self._folder / "meta.json")
        if self._view is None or self._sizes is None or meta != self._meta:
            self._sizes = Sizes(self._folder)
            guarded(self._index.reload)
            searcher = guarded(self._index.searcher)
            speller = self._view.speller.after(searcher) if self._view else Speller(searcher, "text")
            self._view, self._meta = View(searcher, speller), meta
        self._sizes.check()
        return self._view

    def _open(self) -> None:
        self.forget()
        folder = self.store.current()
        if folder is None or not self.store.is_up_to_date(folder):
            raise Damaged("no index that this version can read")
        index: Index = guarded(lambda: Index.open(str(folder)))
        # We look at meta.json ourselves: an answer right after a commit must know of it.
        index.config_reader("manual")
        self._index, self._folder = index, folder

    def forget(self) -> None:
        """Close, so that the next question opens anew."""
        self._index = self._folder = self._view = self._sizes = self._meta = self._pointer = None

    def state(self) -> State:
        """Whether questions can be answered now."""
        try:
            self.view()
        except Damaged:
            return self.state_without_answer()
        return State.READY

    def state_without_answer(self) -> State:
        """Why there is no answer: someone is at work on a new index, or nobody is."""
        return State.REBUILDING if self.store.has_writer() else State.UNAVAILABLE


def _stamp(path: Path) -> _Stamp:
    found = os.stat(path)
    return found.st_ino, found.st_mtime_ns, found.st_size


@cache
def reader(store: Store) -> Reader:
    """The process's reader of that index."""
    return Reader(store)
