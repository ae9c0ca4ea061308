"""Numbers, years, dates, points."""

import re
from datetime import date

from fairealliance.federation.context import Context
from fairealliance.federation.converters.base import Converter, Factory, is_blank
from fairealliance.federation.mapping import Field
from fairealliance.lib.french_numbers import parse_decimal

# The form almost every amount has, read ten times faster than any other: `21 667,00 €`.
_EUROS = re.compile(r"([0-9]{1,3}(?:[ \u00a0\u202f]?[0-9]{3}){0,2}),([0-9]{2})[ \u00a0\u202f]?€?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FRENCH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_YEAR = re.compile(r"(\d{4})(\.0+)?\Z")


def amount(field: Field, context: Context) -> Converter:
    """Euros, as decimal text with two digits: not negative, under a hundred billion."""

    def convert(raw: str) -> str:
        if plain := _EUROS.fullmatch(raw):
            return f"{int(''.join(plain[1].split()))}.{plain[2]}"
        return euros(raw)

    return convert


def euros(raw: str) -> str:
    """Raises ValueError in French for what no sum can be."""
    number = parse_decimal(raw)
    if not 0 <= number < 10**11:
        raise ValueError(f"« {raw.strip()[:40]} » n’est pas un montant plausible")
    return f"{number:.2f}"


def year(field: Field, context: Context) -> Converter:
    """A year, or the year of a date; between 1800 and 2100."""

    def convert(raw: str) -> int:
        cell = raw.strip()
        found = _YEAR.match(cell) or _ISO.match(cell)
        number = int(found[1]) if found else int(french[3]) if (french := _FRENCH.match(cell)) else 0
        if not 1800 <= number <= 2100:
            raise ValueError(f"« {cell[:40]} » n’est pas une année")
        return number

    return convert


def years(field: Field, context: Context) -> Converter:
    """First and last year, either of which may be unknown."""
    read = year(field, context)

    def convert(raw: tuple[str, str]) -> tuple[int | None, int | None]:
        start, end = (None if is_blank(cell) else int(read(cell)) for cell in raw)
        if start and end and end < start:
            raise ValueError(f"la fin ({end}) est avant le début ({start})")
        return start, end

    return convert


def day(field: Field, context: Context) -> Converter:
    """ISO text. Year 1 is how registers write "no date"."""

    def convert(raw: str) -> str | None:
        cell = raw.strip()
        iso, french = _ISO.match(cell), _FRENCH.match(cell)
        parts = (iso[1], iso[2], iso[3]) if iso else (french[3], french[2], french[1]) if french else None
        try:
            if parts is None:
                raise ValueError
            found = date(*map(int, parts))
        except ValueError as error:
            raise ValueError(f"« {cell[:40]} » n’est pas une date") from error
        return None if found.year < 1500 else found.isoformat()

    return convert


def closed_on(field: Field, context: Context) -> Converter:
    """From a state and dates: the first date when the state is one of `closed`, else nothing."""
    closed = set(field.options["closed"])
    read = day(field, context)

    def convert(raw: tuple[str, ...]) -> str | None:
        if raw[0].strip() not in closed:
            return None
        return next((found for cell in raw[1:] if not is_blank(cell) and (found := read(cell))), None)

    return convert


def point(field: Field, context: Context) -> Converter:
    """Latitude and longitude in degrees; both or none. Swapped ones are not guessed."""

    def convert(raw: tuple[str, str]) -> tuple[float, float] | None:
        if is_blank(raw[0]) and is_blank(raw[1]):
            return None
        latitude, longitude = (float(parse_decimal(cell)) for cell in raw)
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError(f"« {raw[0]}, {raw[1]} » n’est pas un point du globe")
        if latitude == 0 and longitude == 0:
            raise ValueError("« 0, 0 » est au large de l’Afrique : position inconnue")
        return latitude, longitude

    return convert


Figure = tuple[str, float | None, str]


def figure(field: Field, context: Context) -> Converter:
    """State, number and text of a figure. `secret`, `unavailable`, `not_applicable`: what the file writes for each."""
    words = _state_words(field)

    def convert(raw: str) -> Figure:
        cell = raw.strip()
        return words.get(cell) or ("known", float(parse_decimal(cell)), "")

    return convert


def category(field: Field, context: Context) -> Converter:
    """Words as the file has them, or those of `table`."""
    words, table = _state_words(field), field.options.get("table", {})

    def convert(raw: str) -> Figure:
        cell = " ".join(raw.split())
        if cell not in words and table and cell not in table:
            raise ValueError(f"« {cell[:60]} » n’est pas prévu ; valeurs connues : {', '.join(table)}")
        return words.get(cell) or ("known", None, str(table.get(cell, cell))[:120])

    return convert


def count_items(field: Field, context: Context) -> Converter:
    """How many things a list in a cell names."""
    separator = field.options.get("separator", ",")

    def convert(raw: str) -> Figure:
        return "known", float(len({item for part in raw.split(separator) if (item := part.strip())})), ""

    return convert


def _state_words(field: Field) -> dict[str, Figure]:
    states = ("secret", "unavailable", "not_applicable")
    return {word: (state, None, "") for state in states for word in field.options.get(state, ())}


FACTORIES: dict[str, Factory] = {
    "figure": figure,
    "category": category,
    "count-items": count_items,
    "amount": amount,
    "year": year,
    "years": years,
    "date": day,
    "closed-on": closed_on,
    "point": point,
}
