"""Converting a column at a time: each distinct value is converted once, the rest is a look-up."""

from collections.abc import Sequence
from itertools import compress
from typing import Any, NamedTuple

from fairealliance.federation import repairs
from fairealliance.federation.context import Context
from fairealliance.federation.converters import EMPTY, FACTORIES, Raw
from fairealliance.federation.converters.base import is_blank
from fairealliance.federation.mapping import BadMapping, Field
from fairealliance.federation.repairs import Repaired

# Distinct values remembered per column: enough for all communes, little enough for any file.
_REMEMBERED = 20_000


class Remark(NamedTuple):
    """Something to say of one cell. `kind` is a repair, or "" when the row is rejected."""

    row: int
    column: str
    value: str
    kind: str
    reason: str


class Column(dict[Raw, Any]):
    """Raw value → converted value, filled as values come."""

    def __init__(self, field: Field, context: Context) -> None:
        super().__init__()
        if field.convert not in FACTORIES:
            raise BadMapping(f"{field.name}: no converter {field.convert}")
        self.field = field
        self._convert = FACTORIES[field.convert](field, context)
        self._blanks = frozenset(field.options.get("blanks", ()))
        self._problems: dict[Raw, str] = {}
        self._repairs: dict[Raw, str] = {}
        default = EMPTY.get(field.convert) if field.default is None else field.default
        self._default = tuple(default) if isinstance(default, list) else default

    def __missing__(self, raw: Raw) -> Any:
        value = self._value(raw)
        self[raw] = value
        return value

    def _value(self, raw: Raw) -> Any:
        if type(raw) is str and (is_blank(raw) or raw in self._blanks):
            if self.field.required:
                self._problems[raw] = "la case est vide"
            return self._default
        try:
            value = self._convert(raw)
        except ValueError as error:
            self._problems[raw] = str(error)
            return self._default
        if isinstance(value, Repaired):
            self._repairs[raw] = value.kind
            value = value.value
        if self.field.required and value in (None, "", ()):
            self._problems[raw] = "la case est vide"
        return self._default if value is None else value

    def apply(self, raws: Sequence[Raw]) -> tuple[list[Any], list[Remark]]:
        """Converted values, and what is to be said of some of them."""
        if len(self) > _REMEMBERED:
            self.clear()
            self._problems.clear()
            self._repairs.clear()
        values = list(map(self.__getitem__, raws))
        if not (self._problems or self._repairs):
            return values, []
        return values, [*self._mended(raws), *self._wrong(raws)]

    def _mended(self, raws: Sequence[Raw]) -> list[Remark]:
        found = self._repairs
        if not found:
            return []
        return [
            Remark(i, self.field.shown, _show(raw), found[raw], str(repairs.LABELS[found[raw]]))
            for i, raw in enumerate(raws)
            if raw in found
        ]

    def _wrong(self, raws: Sequence[Raw]) -> list[Remark]:
        found = self._problems
        if not found:
            return []
        kind = "" if self.field.on_error == "reject" else repairs.IGNORED
        return [Remark(i, self.field.shown, _show(raw), kind, found[raw]) for i, raw in enumerate(raws) if raw in found]


def _show(raw: Raw) -> str:
    return raw if isinstance(raw, str) else " | ".join(raw)


class Converted:
    """Rows of a batch under our names. Rejected rows are gone; `lines` still says where each came from."""

    def __init__(self, values: dict[str, Sequence[Any]], raws: list[Sequence[str]], lines: Sequence[int]) -> None:
        self.values = values
        self.raws = raws
        self.lines = lines

    def __len__(self) -> int:
        return len(self.lines)

    def get(self, name: str, default: Any = None) -> Sequence[Any]:
        """The values of a field, or as many times `default` when the mapping has not got it."""
        found = self.values.get(name)
        return [default] * len(self) if found is None else found

    def only(self, keep: Sequence[bool]) -> "Converted":
        return Converted(
            {name: list(compress(values, keep)) for name, values in self.values.items()},
            [list(compress(column, keep)) for column in self.raws],
            list(compress(self.lines, keep)),
        )
