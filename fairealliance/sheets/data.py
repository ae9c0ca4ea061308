"""Données: what is known of the territory for this challenge."""

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import format_number, unit_after
from fairealliance.sheets import sources
from fairealliance.sheets.place import Place
from fairealliance.sheets.sheet import Figure
from fairealliance.sheets.subject import Subject
from fairealliance.territories.enums import IndicatorKind, State
from fairealliance.territories.models import Indicator, Value
from fairealliance.territories.slugs import POPULATION

_MOST = 6
_READ = 10  # some will turn out not to apply here
# Fewer neighbours with a known figure would make a rank that means nothing.
_ENOUGH = 5
# Words of every table: « le médecin part » is not about a part.
_OF_STATISTICS = {"part", "parts", "taux", "nombre", "niveau", "type", "indice", "mesure"}


def figures(place: Place, subject: Subject) -> tuple[list[Figure], list[str]]:
    """Four to six figures with their place among comparable territories, and the gaps. Two queries."""
    indicators = list(Indicator.objects.select_related("source").order_by("order", "slug"))
    candidates = choose(indicators, subject)
    values = _values(place, [indicator for indicator, _reason in candidates])
    own = place.territory.pk
    told = [
        (indicator, reason)
        for indicator, reason in candidates
        if own not in values[indicator.pk] or values[indicator.pk][own].state != State.NOT_APPLICABLE
    ]
    shown = [_figure(indicator, reason, values[indicator.pk], place) for indicator, reason in told[:_MOST]]
    return shown, _gaps(indicators, shown, subject)


def choose(indicators: Sequence[Indicator], subject: Subject) -> list[tuple[Indicator, str]]:
    """The indicators to show, each with its reason: who lives here, what the challenge touches, the frame."""
    by_slug = {indicator.slug: indicator for indicator in indicators}
    table = _table()
    chosen: dict[str, str] = {slug: _("toujours utile à savoir") for slug in table["always"] if slug in by_slug}
    for indicator in indicators:
        shared = _shared(indicator, subject)
        if shared:
            chosen.setdefault(indicator.slug, _("vos mots : %s") % ", ".join(shared[:2]))
    for goal in subject.goal_numbers[:3]:
        for slug in table["goals"].get(str(goal), ())[:3]:
            if slug in by_slug:
                chosen.setdefault(slug, _("éclaire l’objectif : %s") % subject.goal_name(goal))
    for slug in table["context"]:
        if slug in by_slug:
            chosen.setdefault(slug, _("décrit votre territoire"))
    return [(by_slug[slug], reason) for slug, reason in list(chosen.items())[:_READ]]


def _shared(indicator: Indicator, subject: Subject) -> list[str]:
    """Words of the challenge that name the figure."""
    return [word for word in subject.words_in(f"{indicator.label} {indicator.theme}") if word not in _OF_STATISTICS]


@cache
def _table() -> dict[str, Any]:
    with (Path(__file__).parent / "data" / "figures.toml").open("rb") as file:
        return tomllib.load(file)


class _Known(NamedTuple):
    """One value: a hundred are read for each sheet, so no model is made of them."""

    state: str
    number: float | None
    text: str


def _values(place: Place, indicators: Sequence[Indicator]) -> dict[int, dict[int, _Known]]:
    """Indicator id → territory id → value, for the territory and those like it."""
    wanted = [place.territory.pk, *(each.territory_id for each in place.neighbours.values())]
    found: dict[int, dict[int, _Known]] = defaultdict(dict)
    rows = Value.objects.filter(territory__in=wanted, indicator__in=indicators).order_by()
    for row in rows.values_list("indicator_id", "territory_id", "state", "number", "text"):
        indicator, territory, state, number, text = row
        found[indicator][territory] = _Known(state, number, text)
    return found


def _figure(indicator: Indicator, reason: str, values: dict[int, _Known], place: Place) -> Figure:
    own = values.get(place.territory.pk)
    others = [value for pk, value in values.items() if pk != place.territory.pk and value.state == State.KNOWN]
    return Figure(
        slug=indicator.slug,
        label=indicator.label,
        state=own.state if own else State.UNAVAILABLE.value,
        source=sources.of_source(indicator.source, vintage=indicator.vintage),
        number=own.number if own else None,
        text=own.text if own else "",
        unit=indicator.unit,
        decimals=indicator.decimals,
        reading=indicator.reading,
        place=_among(indicator, own, others),
        reasons=(reason,),
    )


def _among(indicator: Indicator, own: _Known | None, others: Sequence[_Known]) -> str:
    """Where the territory stands among those like it, in words."""
    if own is None or own.state != State.KNOWN or indicator.slug == POPULATION:
        return ""
    if indicator.kind != IndicatorKind.NUMBER or own.number is None:
        alike = sum(value.text == own.text for value in others)
        return _same(alike, len(others)) if own.text and len(others) >= _ENOUGH else ""
    numbers = [value.number for value in others if value.number is not None]
    if len(numbers) < _ENOUGH:
        return ""
    lower, higher = (sum(n < own.number for n in numbers), sum(n > own.number for n in numbers))
    middle = _("médiane %s") % _told(median(numbers), indicator)
    if lower >= higher:
        words = _("plus haut que %(count)s de vos %(total)s territoires comparables (%(median)s)")
        return words % {"count": lower, "total": len(numbers), "median": middle}
    words = _("plus bas que %(count)s de vos %(total)s territoires comparables (%(median)s)")
    return words % {"count": higher, "total": len(numbers), "median": middle}


def _same(alike: int, total: int) -> str:
    if not alike:
        return _("aucun de vos %s territoires comparables n’est dans ce cas") % total
    if alike == total:
        return _("comme vos %s territoires comparables") % total
    return _("comme %(count)s de vos %(total)s territoires comparables") % {"count": alike, "total": total}


def _told(number: float, indicator: Indicator) -> str:
    text = format_number(number, indicator.decimals)
    return f"{text}\u00a0{unit_after(number, indicator.unit)}" if indicator.unit else text


def _gaps(indicators: Sequence[Indicator], shown: Sequence[Figure], subject: Subject) -> list[str]:
    gaps = []
    if not indicators:
        return [_("Aucun chiffre n’a encore été chargé pour les territoires.")]
    secret = [figure.label for figure in shown if figure.state == State.SECRET]
    if secret:
        gaps.append(_("Couvert par le secret statistique (trop peu de ménages) : %s.") % ", ".join(secret))
    missing = [figure.label for figure in shown if figure.state == State.UNAVAILABLE]
    if missing:
        gaps.append(_("Non publié pour ce territoire : %s.") % ", ".join(missing))
    if subject.themes and not any(_shared(each, subject) for each in indicators):
        theme = subject.theme_name(subject.themes[0].value)
        words = _("Nous n’avons pas encore de chiffre propre à « %s » : ceux-ci disent le cadre de vie.")
        gaps.append(words % theme)
    return gaps
