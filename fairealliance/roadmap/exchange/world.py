"""What a file may name: parts of its programme, found once."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.roadmap.actions.refusals import Refused
from fairealliance.roadmap.exchange.layout import Line
from fairealliance.roadmap.models import ChangeForce, Dimension, Lever, Measure, Programme, Workstream

_KEYS = ("numero", "mesure", "chantier", "force", "levier", "date", "version")
_NAMED = {"facilitateur": "titre", "illustration": "titre", "lien": "reference"}
_ONE_OF = {"mesure": ("numero", "version"), "dimension": ("numero",), "chantier": ("numero",)}


@dataclass
class World:
    """The programme a file is about, and who reads it in."""

    by: Actor
    slug: str = ""
    programme: Programme | None = None
    _seen: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _found: dict[tuple[str, int], Any] = field(default_factory=dict)
    # By report (measure, date, version): its lines of readings; those that this file made.
    readings: dict[tuple[Any, ...], list[Line]] = field(default_factory=dict)
    made: set[tuple[Any, ...]] = field(default_factory=set)

    @property
    def held(self) -> Programme:
        assert self.programme is not None
        return self.programme

    def first_with(self, line: Line) -> int | None:
        """The number of an earlier line that is about the very same thing, if any."""
        kind = line["ligne"].lower()
        columns = (*_ONE_OF.get(kind, _KEYS), *filter(None, [_NAMED.get(kind)]))
        key = (kind, *(_default(line, column) for column in columns))
        first = self._seen.setdefault(key, line.number)
        return None if first == line.number else first

    def dimension(self, number: int) -> Dimension:
        return self._one("dimensions", number, _("la dimension %d n’existe pas"))

    def workstream(self, number: int) -> Workstream:
        return self._one("workstreams", number, _("le chantier %d n’existe pas"))

    def measure(self, number: int) -> Measure:
        return self._one("measures", number, _("la mesure %d n’existe pas"))

    def force(self, number: int) -> ChangeForce:
        return self._one("forces", number, _("la force %d n’existe pas"))

    def lever(self, number: int) -> Lever:
        return self._one("levers", number, _("le levier %d n’existe pas"))

    def _one(self, name: str, number: int, refusal: str) -> Any:
        if (name, number) not in self._found:
            found = getattr(self.held, name).filter(number=number).first()
            if found is None:
                raise Refused(refusal % number)
            if hasattr(found, "programme"):
                found.programme = self.held
            self._found[name, number] = found
        return self._found[name, number]


def _default(line: Line, column: str) -> str:
    """Version one goes without saying."""
    text = line[column].lower()
    return "1" if column == "version" and not text and line["ligne"].lower() != "mesure" else text
