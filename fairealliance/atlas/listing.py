"""The indicators there are, under their themes."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, islice

from fairealliance.atlas.series import known_levels
from fairealliance.territories.enums import IndicatorKind, Level
from fairealliance.territories.models import Indicator
from fairealliance.territories.words import level_plural


@dataclass(frozen=True, slots=True)
class Listed:
    """An indicator; `levels` in words, each with its value in addresses and how many territories are known."""

    indicator: Indicator
    levels: list[tuple[str, str, int]]


def every() -> list[Indicator]:
    """With their sources; one query."""
    return list(Indicator.objects.select_related("source").order_by("order", "slug"))


def by_theme() -> list[tuple[str, list[Listed]]]:
    """Themes in the order of their first indicator."""
    found = every()
    order = {each.theme: i for i, each in reversed(list(enumerate(found)))}
    known = known_levels()
    listed = [
        Listed(each, _levels(known.get(each.pk, {}))) for each in sorted(found, key=lambda each: order[each.theme])
    ]
    return [(theme, list(group)) for theme, group in groupby(listed, key=lambda each: each.indicator.theme)]


def can_cross(listed: Iterable[Listed]) -> bool:
    """Whether two of them are numbers, known somewhere."""
    numbers = (each for each in listed if each.levels and each.indicator.kind == IndicatorKind.NUMBER)
    return len(list(islice(numbers, 2))) == 2


def _levels(known: dict[Level, int]) -> list[tuple[str, str, int]]:
    return [(level_plural(level), level.value, count) for level, count in known.items()]
