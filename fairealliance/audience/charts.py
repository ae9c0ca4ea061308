"""The pages read each month, as a chart."""

from django.utils.translation import gettext as _

from fairealliance.audience.reads import Figures, Month, sentence
from fairealliance.design.plots import Bar, Bars, Words
from fairealliance.lib.french_numbers import format_number


def by_month(shown: Figures) -> Bars:
    """One bar a month; a month before we counted is not known."""
    words = Words(
        _("Pages lues, mois après mois"),
        sentence(shown),
        source=_("Comptage de Faire Alliance, sans cookie ni adresse conservée"),
    )
    bars = (_bar(month, count) for month, count in zip(shown.months, shown.totals, strict=True))
    return Bars(words, tuple(bars), unit="")


def _bar(month: Month, count: int | None) -> Bar:
    return Bar(
        month.label,
        count,
        said=_("pas encore compté") if count is None else format_number(count),
        note=_("mois en cours") if month.is_present else "",
    )
