"""Cells as values. What cannot be read is a Refused whose message says which column."""

import re
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from fairealliance.lib import dates_fr
from fairealliance.lib.french_numbers import parse_decimal
from fairealliance.roadmap.actions.refusals import Refused
from fairealliance.roadmap.exchange.layout import RESULTS, Line

_SLUG = re.compile(r"[-\w]{1,60}\Z", re.ASCII)
_COUNT = re.compile(r"(.+?)\s+(\d{1,4})\Z")
_BIGGEST = 10_000
# As long as what the desk takes, so that whatever was typed there comes back from a file.
_LONGEST = {"titre": 250, "auteur": 200, "reference": 400, "unite": 40, "source": 300, "adresse": 500, "motif": 2000}
_LONGEST_TITLES = {"indicateur": 300, "declaration": 300, "illustration": 400}
_LONGEST_TEXT = 32_000  # a cell of a workbook holds 32,767 characters, and what is beyond is cut without a word


def text(line: Line, column: str) -> str:
    found = line[column]
    limit = _LONGEST.get(column, _LONGEST_TEXT)
    if column == "titre":
        limit = _LONGEST_TITLES.get(line["ligne"].lower(), limit)
    if len(found) > limit:
        raise Refused(_("« %(column)s » dépasse %(limit)d caractères") % {"column": column, "limit": limit})
    return found


def day(line: Line, column: str) -> date | None:
    """`2021-05-07` or `07/05/2021`."""
    try:
        return dates_fr.parse(line[column])
    except ValueError as error:
        told = _("« %(found)s » n’est pas une date (colonne « %(column)s ») : écrivez 2021-05-07 ou 07/05/2021")
        raise Refused(told % {"found": line[column][:40], "column": column}) from error


def needed_day(line: Line, column: str) -> date:
    found = day(line, column)
    assert found is not None  # the layout says it must be filled
    return found


def whole(line: Line, column: str) -> int | None:
    found = line[column]
    if not found:
        return None
    if not found.isdecimal() or len(found) > 5 or int(found) > _BIGGEST:
        told = _("« %(found)s » n’est pas un nombre entier (colonne « %(column)s »)")
        raise Refused(told % {"found": found[:40], "column": column})
    return int(found)


def number(line: Line, column: str = "numero") -> int:
    """A number of something: from one on."""
    found = whole(line, column)
    if not found:
        raise Refused(_("la colonne « %s » attend un numéro, à partir de 1") % column)
    return found


def decimal(line: Line, column: str) -> Decimal | None:
    if not line[column]:
        return None
    try:
        found = parse_decimal(line[column])
    except ValueError as error:
        raise Refused(_("%(error)s (colonne « %(column)s »)") % {"error": error, "column": column}) from error
    if abs(found) >= 10**12 or found != round(found, 4):
        told = _("« %(found)s » a trop de chiffres (colonne « %(column)s »)")
        raise Refused(told % {"found": line[column][:40], "column": column})
    return found


def slug(line: Line, column: str = "numero") -> str:
    found = line[column]
    if not _SLUG.match(found):
        told = _("« %s » ne peut pas servir d’adresse : des lettres sans accent, des chiffres et des tirets")
        raise Refused(told % found[:60])
    return found


def address(line: Line) -> str:
    found = text(line, "adresse")
    try:
        parts = urlsplit(found)
        usable = not found or (parts.scheme in ("http", "https") and bool(parts.hostname))
    except ValueError:  # a bracket that is not closed
        usable = False
    if not usable:
        raise Refused(_("« %s » n’est pas une adresse http ou https") % found[:60])
    return found


def result(line: Line) -> str:
    """The value of a result; empty for « non renseigné »."""
    found = line["resultat"].lower()
    if not found or found == "non renseigné":
        return ""
    if found not in RESULTS:
        told = _("« %(found)s » n’est pas un résultat : %(known)s")
        raise Refused(told % {"found": found[:40], "known": ", ".join(RESULTS)})
    return RESULTS[found]


def counts(line: Line) -> dict[str, int]:
    """`dépassé 12 ; atteint 7` → exceeded 12, met 7."""
    found: dict[str, int] = {}
    for part in filter(None, (each.strip() for each in line["resultat"].split(";"))):
        match = _COUNT.match(part)
        if match is None or match[1].lower() not in RESULTS:
            raise Refused(_("« %s » n’est pas un compte de résultats : écrivez « dépassé 12 ; atteint 7 »") % part[:60])
        found[RESULTS[match[1].lower()]] = int(match[2])
    return found
