"""Who the territory is: what lies in it, its kinds of communes, its figures."""

from collections.abc import Sequence

from django.db.models import Count, Sum
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import format_number
from fairealliance.reports.report import Note, Part, Profile
from fairealliance.territories import portrait
from fairealliance.territories.comparable import Neighbour
from fairealliance.territories.enums import IndicatorKind, Level, State
from fairealliance.territories.models import Indicator, Territory, Value
from fairealliance.territories.words import inhabitants, level_plural

_LARGEST = 5
_COUNTED = (Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE)
# A kind of commune told of fewer inhabitants than this share is not told.
_ENOUGH = 0.5


def profile(territory: Territory, above: Sequence[Territory], alike: Sequence[Neighbour]) -> Profile:
    """Six queries."""
    found = portrait.figures(territory)
    ranked, _strips = portrait.placed(territory, found, alike)
    return Profile(
        facts=[*_place(above), *_size(territory), *_holds(territory)],
        largest=_largest(territory),
        kinds=_kinds(territory),
        figures=[figure for figure in ranked if figure.state == State.KNOWN],
        unknown=[(figure.label, figure.note) for figure in ranked if figure.state in _MISSING],
    )


_MISSING = (State.UNAVAILABLE, State.SECRET)


def _place(above: Sequence[Territory]) -> list[tuple[str, str]]:
    """What it lies in, the widest first, France left out."""
    told: dict[str, list[str]] = {}
    for each in reversed(above):
        if each.level in (Level.REGION, Level.DEPARTEMENT):
            told.setdefault(each.level, []).append(f"{each.name} ({each.code})")
    return [(capfirst(str(Level(level).label)), ", ".join(names)) for level, names in told.items()]


def _size(territory: Territory) -> list[tuple[str, str]]:
    if territory.population is None:
        return [(_("Habitants"), _("non disponible"))]
    year = f" ({territory.population_year})" if territory.population_year else ""
    return [(_("Population"), inhabitants(territory.population) + year)]


def _holds(territory: Territory) -> list[tuple[str, str]]:
    rows = Territory.objects.within(territory).filter(level__in=_COUNTED).order_by()
    counts = dict(rows.values_list("level").annotate(count=Count("pk")))
    return [(capfirst(level_plural(level)), format_number(counts[level])) for level in _COUNTED if counts.get(level)]


def _largest(territory: Territory) -> list[tuple[str, str, int | None]]:
    rows = Territory.objects.within(territory).filter(level=Level.COMMUNE, population__isnull=False)
    return [(each.name, each.get_absolute_url(), each.population) for each in rows.order_by("-population")[:_LARGEST]]


def _kinds(territory: Territory) -> list[tuple[str, list[Part], Note]]:
    """What is read in words commune by commune, as shares of the inhabitants; two queries."""
    rows = (
        Value.objects.filter(
            indicator__kind=IndicatorKind.CATEGORY,
            state=State.KNOWN,
            territory__level=Level.COMMUNE,
            territory__memberships__parent=territory,
        )
        .order_by()
        .values_list("indicator_id", "text")
        .annotate(people=Sum("territory__population"))
    )
    told: dict[int, list[tuple[str, int]]] = {}
    for pk, text, people in rows:
        told.setdefault(pk, []).append((text, people or 0))
    indicators = Indicator.objects.select_related("source").filter(pk__in=told).order_by("order", "slug")
    return [kind for indicator in indicators if (kind := _kind(territory, indicator, told[indicator.pk]))]


def _kind(
    territory: Territory, indicator: Indicator, told: list[tuple[str, int]]
) -> tuple[str, list[Part], Note] | None:
    total = sum(people for _text, people in told)
    if not total or total < _ENOUGH * (territory.population or 0):
        return None
    parts = [Part(text, people / total) for text, people in sorted(told, key=lambda each: -each[1]) if people]
    source = indicator.source
    detail = " · ".join(part for part in (source.producer, indicator.vintage, source.licence) if part)
    return indicator.label, parts, Note(source.label, source.url, detail)
