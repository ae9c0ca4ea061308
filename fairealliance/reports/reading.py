"""What the page and the document of a report both need: notes numbered, words chosen, drawings made."""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fairealliance.atlas.models import Contour
from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.slugs import slug
from fairealliance.provenance.models import Source
from fairealliance.reports.alliances import ACTING
from fairealliance.reports.localmap import country_map, local_map
from fairealliance.reports.measured import percent, weight
from fairealliance.reports.report import Measured, Note, Report

# A rate under this would be written as none.
_LEAST = 0.1


class Notes:
    """Sources numbered in the order they are met, each told once."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], tuple[int, Note]] = {}

    def number(self, note: Note) -> int:
        return self._numbers.setdefault((note.label, note.detail), (len(self._numbers) + 1, note))[0]

    @property
    def told(self) -> list[tuple[int, Note]]:
        return list(self._numbers.values())


def of(report: Report) -> dict[str, Any]:
    """The context of the page; notes are numbered in the order of reading."""
    notes = Notes()
    # Among what weighs more here, the one known of most communes: a map of unknowns tells nothing.
    harder = [each for each in report.measured if each.is_harder] or report.measured
    first = max(harder, key=lambda each: each.covered, default=None)
    return {
        "report": report,
        "territory": report.territory,
        "kinds": [
            (
                title,
                [(part.label, percent(part.share), round(part.share * 100, 1)) for part in parts],
                notes.number(note),
            )
            for title, parts, note in report.profile.kinds
        ],
        "measured": [(bar(each), notes.number(each.note)) for each in report.measured],
        "perceived": [(each, notes.number(each.note)) for each in report.perceived],
        "is_national": not any(each.is_here for each in report.perceived),
        "counts": [(each, rate(each.rate), rate(each.france)) for each in report.alliances.counts],
        "acting": ACTING,
        "alike": [(each, _report_of(each.territory_ref, each.name)) for each in report.alike],
        "local_map": local_map(report.territory, first),
        "country": SafeString(country_map(report.territory)),  # made of our own numbers
        "notes": notes.told,
        "contours": contour_sources(report),
    }


def _report_of(ref: str, name: str) -> str:
    """Of a territory known by its reference and name only."""
    return reverse("reports:page", args=[*ref.split(":"), slug(name)])


def bar(each: Measured) -> dict[str, Any]:
    """A measure as a bar: places in percent of the scale, whose end is the largest share there is."""
    return {
        "label": each.label,
        "limit": each.threshold,
        "share": percent(each.share),
        "width": round(each.share * 100, 1),
        "reference": round(each.reference * 100, 1),
        "alike": None if each.alike is None else round(each.alike * 100, 1),
        "alike_told": "" if each.alike is None else percent(each.alike),
        "weight": weight(each),
        "sentence": each.sentence,
    }


def rate(value: float | None) -> str:
    """For 100 000 inhabitants; nothing when the population is not known."""
    if value is None:
        return ""
    if 0 < value < _LEAST:
        return _("moins de %s") % format_number(_LEAST, 1)
    return format_number(value, 1 if value < 100 else 0)


def contour_sources(report: Report) -> list[Source]:
    held = Contour.objects.filter(territory__level=report.territory.level).values("source_id").distinct()
    return list(Source.objects.filter(pk__in=held).order_by("label"))
