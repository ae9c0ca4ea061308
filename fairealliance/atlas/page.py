"""What the templates of a map need beside the map itself."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from fairealliance.atlas import svg, table
from fairealliance.atlas.asking import FORMATS, USUAL_SORT, Marked
from fairealliance.atlas.choropleth import Atlas
from fairealliance.atlas.classes import FEWEST, METHODS, MOST, USUAL, method_label
from fairealliance.atlas.series import LEVELS, Place
from fairealliance.design.plots.common import ticks
from fairealliance.territories.enums import Level
from fairealliance.territories.words import level_plural

_RINGS = 3


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """A level one can ask for, with how many of its territories have a figure."""

    label: str
    query: str
    count: int
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table, or of the box of the territory looked at. `reasons`: why it is like the other."""

    name: str
    address: str
    value: str
    state: str
    tone: SafeString
    population: int | None
    note: str
    is_own: bool = False
    is_alike: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """The territory looked at, and those like it."""

    own: Row
    alike: list[Row]


def query_of(atlas: Atlas, **changes: str) -> dict[str, str]:
    """The query of the address for what is shown, without what goes without saying."""
    choices = atlas.choices
    held = {
        "niveau": atlas.level.value,
        "methode": choices.method if choices.method != METHODS[0] else "",
        "classes": str(choices.number) if choices.number != USUAL else "",
        "par": "habitants" if choices.per else "",
        "modalite": choices.word,
        "territoire": atlas.marked.ref,
        "tri": choices.sort if choices.sort != USUAL_SORT else "",
        **changes,
    }
    return {name: value for name, value in held.items() if value}


def of(request: HttpRequest, atlas: Atlas) -> dict[str, Any]:
    """The context of the page of one indicator."""
    page = Paginator(table.rows(atlas), table.PER_PAGE).get_page(request.GET.get("page"))
    query = query_of(atlas)
    return {
        "atlas": atlas,
        "indicator": atlas.indicator,
        "drawing": SafeString("" if atlas.is_empty else atlas.drawing(linked=True)),  # names are escaped there
        "legend": [(_swatch(atlas, entry.tone), entry) for entry in atlas.legend],
        "rings": _rings(atlas),
        "levels": [_level(atlas, level) for level in LEVELS],
        "elsewhere": [_level(atlas, level) for level in atlas.levels],
        "words": [(word, count, urlencode(query_of(atlas, modalite=word))) for word, count in atlas.words],
        "methods": [(method, method_label(method)) for method in METHODS],
        "numbers": range(FEWEST, MOST + 1),
        "page": page,
        "rows": [row_of(atlas, place) for place in page.object_list],
        "columns": table.columns(atlas, query),
        "tells_people": table.tells_people(atlas),
        "query": urlencode(query),
        "files": [(form, form.upper()) for form in FORMATS],
        "beside": beside(atlas),
        "candidates": [(each, urlencode(query_of(atlas, territoire=each.ref))) for each in atlas.marked.candidates],
        "cross": f"{reverse('atlas:cross')}?{urlencode(_crossing(atlas))}",
    }


def row_of(atlas: Atlas, place: Place, reasons: tuple[str, ...] = ()) -> Row:
    own = atlas.marked.own
    return Row(
        name=place.name,
        address=place.address,
        value=atlas.told(place, with_unit=False),
        state=place.state,
        tone=_swatch(atlas, atlas.tone_of(place)),
        population=place.population,
        note=place.note,
        is_own=own is not None and own.pk == place.pk,
        is_alike=place.pk in atlas.marked.alike_ids,
        reasons=reasons,
    )


def beside(atlas: Atlas) -> Beside | None:
    """None when no territory is looked at."""
    marked: Marked = atlas.marked
    if marked.own is None or marked.own.pk not in atlas.series.by_pk:
        return None
    alike = [
        row_of(atlas, atlas.series.by_pk[each.territory_id], tuple(each.traits[:2]))
        for each in marked.alike
        if each.territory_id in atlas.series.by_pk
    ]
    return Beside(row_of(atlas, atlas.series.by_pk[marked.own.pk]), alike)


def _crossing(atlas: Atlas) -> dict[str, str]:
    return {
        name: value
        for name, value in {
            "x": atlas.indicator.slug,
            "niveau": atlas.level.value,
            "territoire": atlas.marked.ref,
        }.items()
        if value
    }


def _level(atlas: Atlas, level: Level) -> LevelChoice:
    query = urlencode({**query_of(atlas), "niveau": level.value})
    return LevelChoice(level_plural(level), query, atlas.levels.get(level, 0), level == atlas.level)


def _swatch(atlas: Atlas, tone: str) -> SafeString:
    is_dotted = atlas.shapes is None or (not atlas.shapes.contours and not atlas.is_circles)
    return SafeString(svg.legend_swatch(tone, dotted=is_dotted))


def _rings(atlas: Atlas) -> tuple[SafeString, list[str]] | None:
    """Circles of round figures for the legend, the largest first."""
    if not atlas.is_circles or not atlas.series.known:
        return None
    largest = atlas.series.known[-1].number or 0.0
    if largest <= 0:
        return None
    top = [tick for tick in ticks(0, largest) if 0 < tick <= largest][-1:] or [largest]
    values = [top[0], top[0] / 4, top[0] / 20][:_RINGS]
    drawn = svg.legend_circles(largest, atlas.level, values)
    return SafeString(drawn), [atlas.series.told(value) for value in values]
