"""JSON: a list of records, at the root or under one key of an object (GeoJSON's `features`)."""

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any

from fairealliance.lib.tabular.encodings import detect
from fairealliance.lib.tabular.errors import Unreadable
from fairealliance.lib.tabular.files import CHUNK, DataFile
from fairealliance.lib.tabular.table import Batch, Facts, Layout, refuse_many_columns

_LARGEST_RECORD = 8 << 20
_SPACES = " \t\r\n"
_HEADER_FROM = 200  # records looked at to know the keys
_decode = json.JSONDecoder().raw_decode


class RecordTable:
    """Keys become columns, with dots for those inside: `fields.insee_code`, `geometry.coordinates.0`."""

    def __init__(self, file: DataFile, layout: Layout) -> None:
        if file.is_workbook:
            raise Unreadable(f"« {file.path.name} » est un classeur : il faut ici du JSON.")
        self._file = file
        self._list = layout.records
        self._encoding = detect(file)
        self.header, rows = self._survey()
        self.facts = Facts(
            rows=rows,
            digest=file.digest(),
            encoding=self._encoding.name,
            notes=(self._encoding.note,) if self._encoding.note else (),
        )

    def batches(self, wanted: Sequence[str], size: int) -> Iterator[Batch]:
        paths = [tuple(name.split(".")) if name else () for name in wanted]
        number = 1
        with self._records() as records:
            while some := list(islice(records, size)):
                columns: list[Sequence[str]] = [[_cell(record, path) for record in some] for path in paths]
                yield Batch(columns, range(number, number + len(some)))
                number += len(some)

    @contextmanager
    def _records(self) -> Iterator[Iterator[Any]]:
        with self._file.open() as stream:
            text = io.TextIOWrapper(stream, self._encoding.name, self._encoding.errors)
            try:
                yield _elements(text, self._list)
            except (ValueError, RecursionError) as error:  # lists in lists in lists, by the thousand
                if isinstance(error, Unreadable):
                    raise
                raise Unreadable(f"« {self._file.path.name} » n’est pas du JSON lisible, ou il est coupé.") from error

    def _survey(self) -> tuple[tuple[str, ...], int]:
        keys: dict[str, None] = {}
        rows = 0
        with self._records() as records:
            for record in records:
                rows += 1
                if rows <= _HEADER_FROM:
                    keys.update(dict.fromkeys(_paths(record)))
        if not rows:
            raise Unreadable(f"« {self._file.path.name} » ne contient aucun enregistrement.")
        refuse_many_columns(tuple(keys), self._file.path.name)
        return tuple(keys), rows


def _elements(text: IO[str], key: str) -> Iterator[Any]:
    """The elements of the list, one at a time, whatever its length. Raises ValueError when it is not well-formed."""
    window = _Window(text)
    window.expect("{" if key else "[")
    if key:
        _go_to(window, key)
    if window.peek() == "]":
        window.expect("]")
        return
    while True:
        yield window.value()
        if window.peek() == "]":
            break
        window.expect(",")
    window.expect("]")
    if not key:
        if window.peek():
            raise ValueError("text after the list")
    elif not window.tail_ends_with("}"):
        raise ValueError("the object is not closed")


def _go_to(window: "_Window", key: str) -> None:
    """Past `"key": [` of the object just entered."""
    while True:
        name = window.value()
        window.expect(":")
        if name == key:
            window.expect("[")
            return
        window.value()
        if window.peek() == "}":
            raise Unreadable(f"Ce JSON n’a pas de liste « {key} ».")
        window.expect(",")


class _Window:
    """A moving part of the text, just large enough for the value being read."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self._buffer = ""
        self._at = 0

    def peek(self) -> str:
        """Next sign that is not white space, "" at the end."""
        while True:
            while self._at < len(self._buffer) and self._buffer[self._at] in _SPACES:
                self._at += 1
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def expect(self, sign: str) -> None:
        if self.peek() != sign:
            raise ValueError(f"expected {sign}")
        self._at += 1

    def value(self) -> Any:
        self.peek()
        while True:
            try:
                found, end = _decode(self._buffer, self._at)
            except json.JSONDecodeError:
                if len(self._buffer) - self._at > _LARGEST_RECORD or not self._more():
                    raise
                continue
            # A number at the very end of the buffer may go on in the next chunk.
            if end < len(self._buffer) or not self._more():
                self._at = end
                return found

    def tail_ends_with(self, sign: str) -> bool:
        last = self._buffer[self._at :].rstrip()[-1:]
        while chunk := self._text.read(CHUNK):
            last = chunk.rstrip()[-1:] or last
        return last == sign

    def _more(self) -> bool:
        chunk = self._text.read(CHUNK)
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0
        return bool(chunk)


def _paths(value: Any, prefix: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, f"{prefix}{key}.")
    elif isinstance(value, list) and value and len(value) <= 4:
        for index, inner in enumerate(value):
            yield from _paths(inner, f"{prefix}{index}.")
    else:
        yield prefix.removesuffix(".")


def _cell(record: Any, path: tuple[str, ...]) -> str:
    value = record
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return ""
    if value is None or not path:
        return ""
    if isinstance(value, str):
        return value if value.isascii() and "\0" not in value else _storable(value)
    return json.dumps(value, ensure_ascii=False)


def _storable(text: str) -> str:
    """JSON can spell what is not text (NUL, half of a pair of surrogates); databases refuse it."""
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
