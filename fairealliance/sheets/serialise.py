"""A sheet as JSON, for the API and to keep a shared one; and back."""

import dataclasses
import typing
from typing import Any

from fairealliance.sheets.sheet import Sheet

VERSION = 1


def to_json(sheet: Sheet) -> dict[str, Any]:
    """Plain values only: lists, dicts, strings, numbers. Addresses on this site are paths."""
    return {"version": VERSION, **dataclasses.asdict(sheet, dict_factory=_plain)}


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in pairs}


def from_json(content: dict[str, Any]) -> Sheet:
    """The sheet `to_json` told. Fields added since take their default; fields since dropped are ignored."""
    sheet = _build(Sheet, content)
    assert isinstance(sheet, Sheet)
    return sheet


def _build(kind: Any, value: Any) -> Any:
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: _build(hint, value[name]) for name, hint in hints.items() if name in value})
    origin = typing.get_origin(kind)
    if origin is tuple:
        item = typing.get_args(kind)[0]
        return tuple(_build(item, each) for each in value)
    return value


_known: dict[type, dict[str, Any]] = {}


def _hints(kind: type) -> dict[str, Any]:
    if kind not in _known:
        _known[kind] = typing.get_type_hints(kind)
    return _known[kind]
