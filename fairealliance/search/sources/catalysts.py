"""Catalysts as documents: those who are listed. Whoever withdraws leaves the index with the outbox."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from fairealliance.goals.vocabulary import THEMES
from fairealliance.network.models import Catalyst
from fairealliance.network.words import SECTORS, TRADES, words_of
from fairealliance.search.documents import Doc
from fairealliance.search.sources.common import aims_in_words, joined, numeric, summary
from fairealliance.search.sources.places import Places, Whereabouts


def keys() -> Iterable[str]:
    return map(str, Catalyst.objects.active().order_by("pk").values_list("pk", flat=True).iterator())


def build(wanted: Sequence[str]) -> Iterator[Doc]:
    """Three queries, and those of places. Nothing is said of who is not listed: they leave the index."""
    people = list(Catalyst.objects.active().filter(pk__in=numeric(wanted)).for_cards().order_by("pk"))
    covered = {each.pk: sorted(place.pk for place in each.territories.all()) for each in people}
    places = Places.of(pk for each in covered.values() for pk in each)
    for each in people:
        yield _doc(each, places.whereabouts(covered[each.pk]))


def _doc(catalyst: Catalyst, where: Whereabouts) -> Doc:
    organisation = catalyst.organisation
    trades = words_of(catalyst.trades, TRADES)
    themes = _themes(catalyst.sectors)
    return Doc(
        ref=catalyst.ref,
        kind="catalyst",
        title=catalyst.name,
        url=catalyst.get_absolute_url(),
        body=joined(catalyst.presentation, *map(str, catalyst.skills)),
        keywords=joined(
            _("catalyseur accompagnement médiation"),
            *trades,
            *words_of(catalyst.sectors, SECTORS),
            organisation.name if organisation else "",
            aims_in_words((), themes),
        ),
        summary=summary(catalyst.presentation),
        label=_("catalyseur"),
        themes=themes,
        spheres=(organisation.sphere,) if organisation and organisation.sphere else (),
        places=where.names,
        scopes=where.scopes,
        regions=where.regions,
        departements=where.departements,
        territory=where.territory,
        territory_ref=where.territory_ref,
        latitude=where.latitude,
        longitude=where.longitude,
        precision=where.precision,
        source=organisation.name if organisation else "",
        is_demo=catalyst.is_demo,
        added=int(catalyst.decided_at.timestamp()) if catalyst.decided_at else 0,
    )


def _themes(sectors: Iterable[str]) -> tuple[str, ...]:
    """A sector is a family of themes: whoever works in it is found by each."""
    told = set(sectors)
    return tuple(slug for slug, theme in THEMES.items() if theme.family in told)
