"""The skills of a profile: what is read of them in families, by which suggestions compare; and what is not."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from fairealliance.goals import skills
from fairealliance.organisations.enums import Exchange


@dataclass(frozen=True, slots=True)
class Understood:
    """Names of families; and those of its skills, as written, that none of them knows."""

    brought: list[str]
    sought: list[str]
    unknown: list[str]


def sought(seeks: Collection[str], seeks_words: str) -> int:
    """Bits of the families."""
    return skills.read(seeks_words) if Exchange.SKILLS in seeks else 0


def brought(told: Iterable[Any], brings: Collection[str], brings_words: str) -> int:
    """Bits of the families."""
    lines = reduce(or_, (skills.read(str(each)) for each in told), 0)
    return lines | (skills.read(brings_words) if Exchange.SKILLS in brings else 0)


def understood(said: Mapping[str, Any]) -> Understood:
    """`said`: by field of the profile."""
    told = [str(each) for each in said["skills"]]
    return Understood(
        skills.named(brought(told, said["brings"], said["brings_words"])),
        skills.named(sought(said["seeks"], said["seeks_words"])),
        [each for each in told if not skills.read(each)],
    )
