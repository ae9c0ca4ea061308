"""An index of a few documents, without a database."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from fairealliance.search.documents import Doc
from fairealliance.search.reader import Reader
from fairealliance.search.store import Store
from fairealliance.search.writer import Writer

Indexed = Callable[[Iterable[Doc]], Reader]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "index")


@pytest.fixture
def indexed(store: Store) -> Indexed:
    """Index documents, and read them."""

    def index(docs: Iterable[Doc]) -> Reader:
        writer = Writer(store.new_folder())
        writer.put(docs)
        writer.commit(0)
        writer.close()
        store.publish(writer.folder)
        return Reader(store)

    return index


def doc(key: str, title: str, body: str = "", kind: str = "practice", **fields: object) -> Doc:
    return Doc(ref=f"{kind}:{key}", kind=kind, title=title, url=f"/{kind}/{key}/", body=body, **fields)  # type: ignore[arg-type]
