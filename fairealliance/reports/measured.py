"""Fragilities as measured: where the hardest communes weigh more than elsewhere, the widest gap first."""

from collections.abc import Sequence
from statistics import median

from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.text_fr import typeset
from fairealliance.reports.report import Measured, Note
from fairealliance.reports.spread import FRAGILE, LOW, QUARTER, Share, Spread, spreads
from fairealliance.territories.comparable import Neighbour
from fairealliance.territories.models import Indicator, Territory


def measured(territory: Territory, alike: Sequence[Neighbour]) -> tuple[list[Measured], list[str]]:
    """What can be told, and the names of what cannot; one query, beside what is kept in memory."""
    known, told, untold = spreads(), [], []
    indicators = Indicator.objects.select_related("source").filter(slug__in=FRAGILE).order_by("order", "slug")
    for indicator in indicators:
        spread = known.get(indicator.slug)
        share = spread.shares.get(territory.pk) if spread else None
        if spread and share:
            told.append(_one(indicator, spread, share, alike))
        else:
            untold.append(indicator.label)
    return sorted(told, key=lambda each: -each.gap), untold


def _one(indicator: Indicator, spread: Spread, share: Share, alike: Sequence[Neighbour]) -> Measured:
    others = [spread.shares[each.territory_id].share for each in alike if each.territory_id in spread.shares]
    number = f"{format_number(spread.threshold, indicator.decimals)}\u00a0{indicator.unit}".rstrip()
    limit = (_("%s ou moins") if FRAGILE[indicator.slug] == LOW else _("%s ou plus")) % number
    middle = median(others) if others else None
    source = indicator.source
    return Measured(
        slug=indicator.slug,
        label=indicator.label,
        share=share.share,
        reference=QUARTER,
        alike=middle,
        covered=share.covered,
        threshold=typeset(limit),
        sentence=typeset(_sentence(share, limit, middle)),
        note=Note(
            source.label,
            source.url,
            " · ".join(part for part in (source.producer, indicator.vintage, source.licence) if part),
        ),
    )


def _sentence(share: Share, limit: str, alike: float | None) -> str:
    words = {"share": percent(share.share), "limit": limit, "covered": percent(share.covered)}
    told = _("%(share)s des habitants vivent dans une commune à %(limit)s, contre 25 %% en France") % words
    if alike is not None:
        told += _(" et %s chez les territoires comparables") % percent(alike)
    if share.covered < 0.95:
        told += _(" (chiffre connu pour les communes de %(covered)s des habitants)") % words
    return f"{told}."


def weight(each: Measured) -> str:
    """How it stands beside France, in a word."""
    if each.is_harder:
        return _("plus qu’en France")
    return _("moins qu’en France") if each.is_softer else _("comme en France")


def percent(share: float) -> str:
    return f"{format_number(share * 100)}\u00a0%"
