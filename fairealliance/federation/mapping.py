"""A mapping says in TOML how a format's columns become our fields. No code per source."""

import hashlib
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from fairealliance.lib.tabular import Layout
from fairealliance.provenance.actions import SourceData

FOLDER = Path(__file__).parent / "mappings"
TARGETS = (
    "practices",
    "organisations",
    "grants",
    "establishments",
    "resources",
    "figures",
    "movements",
    "coordinates",
)
FIGURE = "figure:"
SAME_AS = "same-as"  # the converter of a field that has the value of another
# A figure's state, number and text. A blank cell is a figure that was not published.
UNAVAILABLE = ("unavailable", None, "")


class BadMapping(ValueError):
    """A mapping of ours is wrong: found by the tests, never by a user."""


@dataclass(frozen=True, slots=True)
class Field:
    """One of our fields: the columns it is made from, and how.

    A cell that cannot be converted rejects the row when the field is `required` or `on_error` is "reject"; with
    "drop" the row is kept without it, and that is said. `optional` columns may be missing from the file.
    """

    name: str
    columns: tuple[str, ...]
    convert: str
    required: bool = False
    on_error: str = "drop"
    optional: bool = False
    default: Any = None
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The column to name in a report."""
        return self.columns[0] if self.columns else self.name


@dataclass(frozen=True, slots=True)
class Mapping:
    """A format we can read. `digest` changes with the mapping: rows read another way are not "unchanged"."""

    kind: str
    label: str
    target: str
    layout: Layout
    source: SourceData
    fields: tuple[Field, ...]
    constants: dict[str, Any]
    options: dict[str, Any]
    digest: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column read, each once, in a fixed order."""
        return tuple(dict.fromkeys(column for f in self.fields for column in f.columns))

    @property
    def needed(self) -> tuple[str, ...]:
        """Columns without which the file is not of this kind."""
        listed = [column for f in self.fields if not f.optional for column in f.columns if column]
        return tuple(dict.fromkeys([*listed, *self.options.get("signature", [])]))


@cache
def kinds() -> dict[str, Mapping]:
    """Every kind of file, by name, in alphabetical order."""
    return {path.stem: _load(path) for path in sorted(FOLDER.glob("*.toml"))}


_KNOWN = {"label", "shared", "target", "file", "source", "fields", "constants", "indicators", "options"}
_OF_FIELD = {"from", "convert", "required", "on_error", "optional", "default"}


def _load(path: Path) -> Mapping:
    raw = path.read_bytes()
    data = tomllib.loads(raw.decode())
    for name in data.get("shared", ()):
        shared = (path.parent / "shared" / f"{name}.toml").read_bytes()
        raw += shared
        data["fields"] |= tomllib.loads(shared.decode())["fields"]
    if unknown := set(data) - _KNOWN:
        raise BadMapping(f"{path.name}: {sorted(unknown)}")
    if data["target"] not in TARGETS:
        raise BadMapping(f"{path.name}: target {data['target']}")
    options = dict(data.get("options", {}))
    if "indicators" in data:
        options["indicators"] = data["indicators"]
    return Mapping(
        kind=path.stem,
        label=data["label"],
        target=data["target"],
        layout=Layout(**data.get("file", {})),
        source=data["source"],
        fields=(
            *(_field(path, name, value) for name, value in data["fields"].items()),
            *(_figure(path, one) for one in data.get("indicators", ())),
        ),
        constants=data.get("constants", {}),
        options=options,
        digest=hashlib.sha256(raw).hexdigest()[:12],
    )


def _figure(path: Path, indicator: dict[str, Any]) -> Field:
    """An indicator is a field too: what is said of its column stands beside its definition."""
    return _field(path, FIGURE + indicator["slug"], {"default": UNAVAILABLE, **indicator["cell"]})


def _field(path: Path, name: str, data: dict[str, Any]) -> Field:
    columns = data.get("from", [])
    if not data.get("convert"):
        raise BadMapping(f"{path.name}: {name} has no converter")
    required = bool(data.get("required", False))
    return Field(
        name=name,
        columns=(columns,) if isinstance(columns, str) else tuple(columns),
        convert=data["convert"],
        required=required,
        on_error=data.get("on_error", "reject" if required else "drop"),
        optional=bool(data.get("optional", False)),
        default=data.get("default"),
        options={key: value for key, value in data.items() if key not in _OF_FIELD},
    )
