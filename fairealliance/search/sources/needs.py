"""Needs and offers as documents: those that are public and still open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from fairealliance.needs.enums import Side
from fairealliance.needs.models import Need
from fairealliance.organisations.enums import Exchange
from fairealliance.search.documents import Doc
from fairealliance.search.sources.common import (
    aims_in_words,
    joined,
    known_goals,
    known_themes,
    label_of,
    numeric,
    summary,
)
from fairealliance.search.sources.places import Places, Whereabouts


def keys(side: Side) -> Iterable[str]:
    found = Need.objects.public().filter(side=side).order_by("pk")
    return map(str, found.values_list("pk", flat=True).iterator())


def build(side: Side, wanted: Sequence[str]) -> Iterator[Doc]:
    """Two queries, and those of places. Nothing is said of what is not public, or not open: it leaves the index."""
    rows = Need.objects.public().filter(side=side, pk__in=numeric(wanted)).select_related("organisation").order_by("pk")
    needs = list(rows.defer("content"))
    territories: defaultdict[int, list[int]] = defaultdict(list)
    links = Need.territories.through.objects.filter(need__in=needs).order_by("pk")
    for pk, territory in links.values_list("need_id", "territory_id"):
        territories[pk].append(territory)
    places = Places.of(pk for each in territories.values() for pk in each)
    for need in needs:
        yield _doc(need, places.whereabouts(territories[need.pk]))


def _doc(need: Need, where: Whereabouts) -> Doc:
    goals, themes = known_goals(tuple(need.goals)), known_themes(tuple(need.themes))
    what = label_of(Exchange, need.exchange)
    label = _("besoin : %s") if need.is_need else _("offre : %s")
    return Doc(
        ref=need.ref,
        kind=need.side,
        title=need.title,
        url=need.get_absolute_url(),
        body=joined(need.challenge, need.description, need.conditions, need.quantity),
        keywords=joined(
            what,
            need.organisation.name,
            _("besoin recherche cherche") if need.is_need else _("offre propose proposition"),
            _("à distance") if need.is_remote else "",
            aims_in_words(goals, themes),
        ),
        summary=summary(need.challenge),
        label=label % what,
        goals=goals,
        themes=themes,
        spheres=(need.organisation.sphere,) if need.organisation.sphere else (),
        places=where.names,
        scopes=where.scopes,
        regions=where.regions,
        departements=where.departements,
        territory=where.territory,
        territory_ref=where.territory_ref,
        latitude=where.latitude,
        longitude=where.longitude,
        precision=where.precision,
        source=need.organisation.name,
        is_demo=need.organisation.is_demo,
        added=int(need.told_at.timestamp()) if need.told_at else 0,
    )
