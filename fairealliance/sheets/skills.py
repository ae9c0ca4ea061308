"""Compétences: who can help, and where to learn."""

from collections.abc import Mapping, Sequence
from itertools import islice

from django.utils.translation import gettext as _

from fairealliance.organisations.models import Organisation
from fairealliance.sheets import people
from fairealliance.sheets.ranking import Ranked
from fairealliance.sheets.sheet import Line, Section

SHOWN = 4
NEAR_SHARE = 0.35


def pick(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Those one can call on: near, of the région, or at work all over France. A few to spare."""
    reachable = (each for each in ranked if each.nearness.circle not in ("elsewhere", "comparable"))
    return list(islice(reachable, 2 * SHOWN))


def section(
    supporters: Sequence[Ranked], rows: Mapping[int, Organisation], trainings: Sequence[Line], shown: set[str]
) -> Section:
    """Support bodies and trainings; those already among the allies are not told twice."""
    helpers = [
        people.line(each, rows[each.candidate.pk], _("œuvre aux alliances de territoire"))
        for each in supporters
        if each.candidate.pk in rows and each.candidate.ref not in shown
    ][:SHOWN]
    gaps = []
    if not helpers:
        gaps.append(_("Pas encore de structure d’appui connue près de chez vous."))
    if not trainings:
        gaps.append(_("Pas encore de formation connue sur ce défi."))
    return Section("skills", _("Compétences"), (*helpers, *trainings), tuple(gaps))
