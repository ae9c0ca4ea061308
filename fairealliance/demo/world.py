"""The invented world, as `data/world.toml` tells it."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fairealliance.accounts.models import INVENTED_DOMAIN
from fairealliance.needs.enums import Side
from fairealliance.needs.forms import PLACES

FILE = Path(__file__).parent / "data" / "world.toml"
_MARK = "(démonstration)"


@dataclass(frozen=True)
class Invented:
    """Someone: `plays` tells their role in French, the other fields the facts that give it."""

    mail: str
    name: str
    plays: str
    administers: str = ""
    acts_for: str = ""
    mediates: str = ""
    writes: bool = False
    is_secretariat: bool = False

    @property
    def email(self) -> str:
        return f"{self.mail}@{INVENTED_DOMAIN}"

    @property
    def marked_name(self) -> str:
        """Wherever it is read, it says that this person is invented."""
        return f"{self.name} {_MARK}"


@dataclass(frozen=True)
class Sought:
    """A need or an offer, by whom and for which organisation."""

    side: Side
    by: str
    organisation: str
    content: dict[str, Any]


@dataclass(frozen=True)
class Helping:
    """A catalyst's profile, by whom and for which organisation; `said` besides, as their page would send it."""

    by: str
    organisation: str
    territories: list[str]
    said: dict[str, Any]


@dataclass(frozen=True)
class Asking:
    """One organisation asks another to be put in touch."""

    asker: str
    asked: str
    by: str
    subject: str
    text: str


@dataclass(frozen=True)
class World:
    """Organisations and places go by what names them elsewhere, people by what stands before the @."""

    people: list[Invented]
    profiles: dict[str, dict[str, Any]]
    needs: list[Sought]
    catalysts: list[Helping]
    introductions: list[Asking]


def read(path: Path = FILE) -> World:
    """Raises KeyError or TypeError when the file says what nobody expects."""
    told = tomllib.loads(path.read_text())
    return World(
        people=[Invented(**person) for person in told["people"]],
        profiles={profile.pop("organisation"): profile for profile in told["profiles"]},
        needs=[_sought(**need) for need in told["needs"]],
        catalysts=[_helping(**catalyst) for catalyst in told["catalysts"]],
        introductions=[Asking(**introduction) for introduction in told["introductions"]],
    )


def _sought(side: str, by: str, organisation: str, places: list[str], goals: list[int], **content: Any) -> Sought:
    """`content` as the page would have kept it: goals and places as they are typed."""
    asked = {**content, **dict(zip(PLACES, places, strict=False)), "goals": [str(goal) for goal in goals]}
    return Sought(Side(side), by, organisation, asked)


def _helping(by: str, organisation: str, territories: list[str], **said: Any) -> Helping:
    return Helping(by, organisation, territories, said)
