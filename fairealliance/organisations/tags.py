"""Goals, targets and themes an item carries, as words. Codes we do not know are left out, not shown raw."""

from dataclasses import dataclass
from typing import Protocol

from fairealliance.goals.vocabulary import GOALS, TARGETS, THEMES, Goal, Target, Theme


class Tagged(Protocol):
    """Organisation, Resource, Practice or Need."""

    @property
    def goals(self) -> list[int]: ...

    @property
    def targets(self) -> list[str]: ...

    @property
    def themes(self) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Tags:
    """What an item is about, in the common vocabulary."""

    goals: list[Goal]
    targets: list[Target]
    themes: list[Theme]

    def __bool__(self) -> bool:
        return bool(self.goals or self.targets or self.themes)


def tags_of(item: Tagged) -> Tags:
    """In the item's own order: the most important first."""
    return Tags(
        goals=[GOALS[number] for number in item.goals if isinstance(number, int) and number in GOALS],
        targets=[TARGETS[code] for code in item.targets if isinstance(code, str) and code in TARGETS],
        themes=[THEMES[slug] for slug in item.themes if isinstance(slug, str) and slug in THEMES],
    )
