"""The ladder: what is done when nobody answers, read from one versioned file, and its dates for one request."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import NamedTuple

from fairealliance.introductions.enums import StepKind


class BadLadder(ValueError):
    """The file says something that cannot be."""


class Planned(NamedTuple):
    """A step to come. `name` tells it from the others of its round."""

    name: str
    kind: StepKind
    due_on: date


@dataclass(frozen=True, slots=True)
class Ladder:
    """What `data/ladder.toml` says, in days; each number is explained there."""

    version: str
    grace_days: int
    reminders: tuple[int, ...]
    warning_day: int
    closing_day: int
    least_between: int
    least_before_closing: int

    def planned(self, since: date, *, has_nobody: bool = False) -> list[Planned]:
        """In the order of their days. `has_nobody`: no one can be reminded, so that a third is warned at once."""
        steps = [Planned(f"reminder-{day}", StepKind.REMINDER, since + timedelta(day)) for day in self.reminders]
        warned = since if has_nobody else since + timedelta(self.warning_day)
        steps.append(Planned("warning", StepKind.WARNING, warned))
        steps.append(Planned("closing", StepKind.CLOSING, since + timedelta(self.closing_day)))
        return sorted(steps, key=lambda step: step.due_on)


def text() -> str:
    return (resources.files(__package__) / "data" / "ladder.toml").read_text("utf-8")


def locked() -> dict[str, str]:
    """Version → digest of every ladder that ever served."""
    return tomllib.loads((resources.files(__package__) / "data" / "ladder_versions.toml").read_text("utf-8"))


@cache
def current() -> Ladder:
    """The one in force."""
    return read(text())


def read(of: str) -> Ladder:
    """Raises BadLadder, TypeError or KeyError for what no ladder can say."""
    told = tomllib.loads(of)
    ladder = Ladder(**{**told, "reminders": tuple(told["reminders"])})
    days = [ladder.grace_days, *ladder.reminders, ladder.closing_day]
    if not ladder.reminders or days != sorted(set(days)) or ladder.grace_days < 0:
        raise BadLadder("grace, reminders and closing must follow one another")
    if not 0 < ladder.least_before_closing <= ladder.closing_day - ladder.reminders[-1]:
        raise BadLadder("the closing comes too soon after the last reminder")
    if not ladder.grace_days < ladder.warning_day < ladder.closing_day:
        raise BadLadder("somebody must be warned between the grace and the closing")
    return ladder
