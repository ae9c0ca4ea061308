"""What the challenge is about: as we read it, or as the user corrected it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from fairealliance.goals.challenge import GoalHit, ThemeHit, read
from fairealliance.goals.stems import key
from fairealliance.goals.vocabulary import GOALS, THEMES
from fairealliance.lib.text_fr import fold, lower_first
from fairealliance.sheets.filters import Filters
from fairealliance.sheets.sheet import Chip

# A challenge that leans to many things says little of each: beyond these, the rest is noise.
_MOST_THEMES = 4
_MOST_GOALS = 5
_SMALL_WORD = 3


@dataclass(frozen=True)
class Subject:
    """The challenge with its goals and themes, strongest first."""

    text: str
    goals: tuple[Chip, ...]
    themes: tuple[Chip, ...]
    words: tuple[str, ...]
    is_chosen: bool = False
    """The user chose the goals and themes."""

    @cached_property
    def goal_numbers(self) -> tuple[int, ...]:
        return tuple(int(chip.value) for chip in self.goals)

    @cached_property
    def theme_slugs(self) -> tuple[str, ...]:
        return tuple(chip.value for chip in self.themes)

    @property
    def is_read(self) -> bool:
        """Something was recognised or chosen; else there are only the words to go by."""
        return bool(self.goals or self.themes)

    def theme_name(self, slug: str) -> str:
        return lower_first(THEMES[slug].name)

    def goal_name(self, number: int) -> str:
        return f"{lower_first(GOALS[number].short)} (ODD {number})"

    def theme_words(self, told: Sequence[str]) -> list[str]:
        """Words of the main theme's name that are not among those `told`, in any form."""
        if not self.themes:
            return []
        known = {key(part) for word in told for part in fold(word).split()}
        words = [word for word in fold(THEMES[self.themes[0].value].name).split() if len(word) > _SMALL_WORD]
        return [word for word in words if key(word) not in known]

    def words_in(self, text: str) -> list[str]:
        """The words of the challenge that `text` uses, in any of their forms."""
        used = {key(word) for word in fold(text).split()}
        return [word for word, keys in self._keys if not used.isdisjoint(keys)]

    @cached_property
    def _keys(self) -> list[tuple[str, frozenset[str]]]:
        return [(word, frozenset(key(part) for part in fold(word).split())) for word in self.words]


def proposed(text: str) -> tuple[list[GoalHit], list[ThemeHit]]:
    """The goals and themes `text` is read into, as shown to the user."""
    reading = read(text)
    return reading.goals[:_MOST_GOALS], reading.themes[:_MOST_THEMES]


def understand(text: str, filters: Filters) -> Subject:
    """Reads `text`; where the user chose goals and themes, theirs replace ours."""
    reading = read(text)
    goals = {hit.goal.number: hit.because for hit in reading.goals}
    themes = {hit.theme.slug: hit.because for hit in reading.themes}
    if filters.chosen:
        numbers, slugs = filters.goals, filters.themes
    else:
        numbers, slugs = tuple(goals)[:_MOST_GOALS], tuple(themes)[:_MOST_THEMES]
    return Subject(
        text=text,
        goals=tuple(Chip(str(number), GOALS[number].short, goals.get(number, ())) for number in numbers),
        themes=tuple(Chip(slug, THEMES[slug].name, themes.get(slug, ())) for slug in slugs),
        words=tuple(dict.fromkeys(word for word in reading.words if len(fold(word)) > 2)),
        is_chosen=filters.chosen,
    )
