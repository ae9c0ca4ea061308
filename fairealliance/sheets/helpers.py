"""Who can help others act together around here: for the documents that are not a sheet (kit, territorial report)."""

from fairealliance.sheets import people, skills
from fairealliance.sheets.filters import Filters
from fairealliance.sheets.finding import Finder
from fairealliance.sheets.place import COUNTRY, Place
from fairealliance.sheets.ranking import rank
from fairealliance.sheets.sheet import Line
from fairealliance.sheets.subject import Subject, understand

_ALLIANCES = "alliances partenariats associations entreprises collectivités"


def about_alliances() -> Subject:
    """Allying itself, whatever the challenge."""
    return understand(_ALLIANCES, Filters(themes=("alliances",), corrected=True))


def helpers(subject: Subject, place: Place, most: int) -> tuple[tuple[Line, ...], bool]:
    """Those whose work is to help others act together, and whether search could answer. One search, one query.

    Nobody for the whole country: it has no neighbours.
    """
    if place.territory.ref == COUNTRY:
        return (), True
    find = Finder(subject, place, Filters())
    picked = skills.pick(rank(find.supporters(), subject, place, near_first=skills.NEAR_SHARE))
    rows = people.read(picked)
    lines = [people.line(each, rows[each.candidate.pk]) for each in picked if each.candidate.pk in rows]
    return tuple(lines[:most]), find.state == "ready"
