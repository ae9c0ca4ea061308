"""Goals and themes read in the challenge: proposed as chips, which the one who writes checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fairealliance.goals import challenge
from fairealliance.goals.vocabulary import GOALS, Goal


@dataclass(frozen=True, slots=True)
class Chip:
    goal: Goal
    checked: bool
    because: str


def read(raw: Mapping[str, Any]) -> challenge.Reading:
    return challenge.read(f"{raw.get('title', '')}.\n{raw.get('challenge', '')}")


def with_goals(raw: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """`raw` with the goals now proposed, which only whoever writes checks; and whether any is new."""
    seen = list(raw.get("goals_seen", []))
    new = [str(hit.goal.number) for hit in read(raw).goals if str(hit.goal.number) not in seen]
    return {**raw, "goals": list(raw.get("goals", [])), "goals_seen": seen + new}, bool(new)


def left(raw: Mapping[str, Any]) -> list[Goal]:
    """Those read in the challenge when none is checked: to be looked at once before it is published."""
    return [] if raw.get("goals") else [hit.goal for hit in read(raw).goals]


def chips(raw: Mapping[str, Any]) -> tuple[list[Chip], list[Chip]]:
    """Those proposed or chosen, and the others."""
    because = {str(hit.goal.number): ", ".join(hit.because[:3]) for hit in read(raw).goals}
    chosen, seen = raw.get("goals", []), raw.get("goals_seen", [])
    first: list[Chip] = []
    others: list[Chip] = []
    for number, goal in GOALS.items():
        key = str(number)
        chip = Chip(goal, key in chosen, because.get(key, ""))
        (first if key in chosen or key in seen else others).append(chip)
    return first, others
