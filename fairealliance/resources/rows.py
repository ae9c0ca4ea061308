"""A resource as an import gives it."""

from typing import NamedTuple


class ResourceRow(NamedTuple):
    """`key` is its key in the source; an empty value means "not said". Order matters: see COLUMNS."""

    key: str
    fingerprint: str
    title: str
    kind: str
    summary: str = ""
    producer_id: int | None = None
    producer_name: str = ""
    link: str = ""
    year: int | None = None
    language: str = "fr"
    licence: str = ""
    source_url: str = ""
    source_passage: str = ""
    is_demo: bool = False
    audience: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    progress: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    targets: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    territories: tuple[int, ...] = ()


COLUMNS = ("source_key", *ResourceRow._fields[1:-1])
FIRST_LIST = COLUMNS.index("audience")
