"""The table beside the map: every territory, in the order asked for, unknown ones last."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fairealliance.atlas.choropleth import Atlas
from fairealliance.atlas.series import Place
from fairealliance.lib.tabular.writing import Cell
from fairealliance.lib.text_fr import fold
from fairealliance.territories.enums import State

PER_PAGE = 50
HEADER = ("niveau", "code", "nom", "habitants", "etat", "valeur", "texte", "classe", "note")


@dataclass(frozen=True, slots=True)
class Column:
    """A heading that sorts: `direction` is how it sorts now (ascending, descending, or not)."""

    label: str
    query: str
    direction: str
    is_number: bool


def rows(atlas: Atlas) -> list[Place]:
    """All places, sorted; ties by name, and what has no figure after what has."""
    name = atlas.choices.sort.removeprefix("-")
    is_down = atlas.choices.sort.startswith("-")
    by_name = sorted(atlas.series.places, key=lambda place: (fold(place.name), place.code))
    if name == "nom":
        return by_name[::-1] if is_down else by_name
    held = {"habitants": lambda place: place.population, "valeur": lambda place: place.number}[name]
    if name == "valeur" and atlas.is_words:
        held = _text_of
    known = [place for place in by_name if held(place) is not None]
    rest = [place for place in by_name if held(place) is None]
    return sorted(known, key=held, reverse=is_down) + rest


def columns(atlas: Atlas, query: dict[str, str]) -> list[Column]:
    """The headings, each with the query that sorts by it, or turns it round."""
    value = atlas.indicator.label if tells_people(atlas) else capfirst(atlas.series.unit) or _("Valeur")
    names = [("nom", _("Territoire"), False), ("valeur", value, True)]
    if not tells_people(atlas):
        names.append(("habitants", _("Habitants"), True))
    return [_column(atlas.choices.sort, name, label, is_number, query) for name, label, is_number in names]


def tells_people(atlas: Atlas) -> bool:
    """Whether the figure is itself a number of inhabitants: no need of another beside it."""
    return atlas.series.unit == atlas.indicator.unit == "habitants"


def _text_of(place: Place) -> str | None:
    return place.text or None


def _column(sort: str, name: str, label: str, is_number: bool, query: dict[str, str]) -> Column:
    direction = {name: "ascending", f"-{name}": "descending"}.get(sort, "none")
    first = f"-{name}" if is_number else name
    other = name if is_number else f"-{name}"
    wanted = other if sort == first else first
    kept = {key: value for key, value in query.items() if key not in ("tri", "page")}
    return Column(label, urlencode({**kept, "tri": wanted}), direction, is_number)


def cells(atlas: Atlas) -> Iterator[list[Cell]]:
    """The table as it leaves in a file: numbers as numbers, nothing where there is none."""
    for place in rows(atlas):
        number = None if place.number is None else round(place.number, 6)
        rank = None if place.number is None else atlas.classes.of(place.number) + 1
        state = str(State(place.state).label)
        said = (state, number, place.text or None, rank, place.note)
        yield [place.level, place.code, place.name, place.population, *said]


def about(atlas: Atlas, address: str) -> dict[str, Any]:
    """What one must know to use the figures."""
    source = atlas.indicator.source
    return {
        "indicateur": atlas.title,
        "unite": atlas.series.unit,
        "comment_lire": atlas.indicator.reading,
        "source": source.producer or source.label,
        "adresse_source": source.url,
        "licence": source.licence,
        "millesime": atlas.indicator.vintage,
        "classes": atlas.explained,
        "sommes": atlas.summed,
        "contours": ", ".join(each.label for each in atlas.sources[1:]),
        "page": address,
    }
