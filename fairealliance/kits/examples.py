"""Cases for each kind of partnership and each form of co-construction: real ones first, then the nearest."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber

from fairealliance.lib.text_fr import shorten
from fairealliance.lib.titles import calm_title
from fairealliance.practices.models import Practice, PracticeTerritory
from fairealliance.practices.partners import spheres_of
from fairealliance.sheets import sources
from fairealliance.sheets.place import COUNTRY, Place, Spot
from fairealliance.sheets.sheet import Line
from fairealliance.territories.enums import SURE, Level
from fairealliance.territories.models import Membership, Territory

EACH = 2
_TITLE, _SUMMARY = 120, 220
_CIRCLES = (Level.EPCI, Level.EPT, Level.DEPARTEMENT, Level.REGION)
_HERE, _ALIKE = 10, 3


class Examples:
    """The cases of the kit, read once: two queries to choose them, four to tell them."""

    def __init__(self, place: Place) -> None:
        self._place = place
        chosen = {field: _chosen(field, place) for field in ("kind", "form")}
        wanted = {pk for some in chosen.values() for pks in some.values() for pk in pks}
        rows = Practice.objects.filter(pk__in=wanted).select_related("source").prefetch_related("partners")
        self._rows = {row.pk: row for row in rows.order_by("pk")}
        self._spots = _spots(wanted)
        self._chosen = chosen
        self._shown: set[int] = set()

    def of(self, field: str, value: str, limit: int = EACH) -> tuple[Line, ...]:
        """Lines for one kind or form; a case already told is not told again while there are others."""
        pks = [pk for pk in self._chosen[field].get(value, ()) if pk in self._rows]
        fresh = [pk for pk in pks if pk not in self._shown] or pks
        kept = fresh[:limit]
        self._shown.update(kept)
        return tuple(self._line(self._rows[pk]) for pk in kept)

    def _line(self, practice: Practice) -> Line:
        spot = self._spots.get(practice.pk, Spot(frozenset()))
        nearness = self._place.nearness(spot)
        told = self._place.territory.ref != COUNTRY and nearness.circle not in ("elsewhere", "everywhere")
        return Line(
            ref=f"practice:{practice.pk}",
            title=shorten(calm_title(practice.title, [spot.name]), _TITLE),
            url=practice.get_absolute_url(),
            source=sources.of_item(practice),
            reasons=self._place.words(spot, nearness)[:1] if told else (),
            kicker=str(practice.get_form_display() or practice.get_kind_display()).capitalize(),
            summary=shorten(practice.summary or practice.challenge, _SUMMARY),
            place=spot.name,
            km=nearness.km,
            year=practice.start_year,
            spheres=tuple(spheres_of(practice)),
            goals=tuple(practice.goals),
            is_demo=practice.is_demo,
        )


def _chosen(field: str, place: Place) -> dict[str, list[int]]:
    """Value of `field` → the cases to show. One query, whatever the number of cases."""
    best = Window(
        RowNumber(),
        partition_by=F(field),
        order_by=[F("is_demo").asc(), F("near").desc(), F("start_year").desc(nulls_last=True), F("pk").asc()],
    )
    rows = Practice.objects.exclude(**{field: ""}).annotate(near=_nearness(place)).annotate(rank=best)
    found: dict[str, list[int]] = defaultdict(list)
    # Twice as many: the same case may serve a kind and a form.
    for value, pk in rows.filter(rank__lte=2 * EACH).order_by("rank", "pk").values_list(field, "pk"):
        found[value].append(pk)
    return found


def _nearness(place: Place) -> Case:
    """The narrower the circle shared, the more; a territory like this one comes after the département."""
    links = PracticeTerritory.objects.filter(practice=OuterRef("pk"))
    whens = [_within(links, place.territory, _HERE)]
    around = [one for level in _CIRCLES for one in place.ancestors if one.level == level]
    whens += [_within(links, one, _HERE - 1 - rank) for rank, one in enumerate(around[:-1])]
    if place.neighbours:
        alike = [each.territory_id for each in place.neighbours.values()]
        whens.append(When(Exists(links.filter(territory__in=alike)), then=Value(_ALIKE)))
    whens += [_within(links, one, 2) for one in around[-1:]]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def _within(links: object, territory: Territory, weight: int) -> When:
    inside = Q(territory=territory.pk) | Q(territory__memberships__parent=territory.pk)
    return When(Exists(links.filter(inside)), then=Value(weight))  # type: ignore[attr-defined]


def _spots(wanted: Iterable[int]) -> dict[int, Spot]:
    """Where each case is: its first territory gives the name and the point. Two queries."""
    rows = PracticeTerritory.objects.filter(practice__in=wanted).select_related("territory").order_by("pk")
    by_case: dict[int, list[Territory]] = defaultdict(list)
    for row in rows:
        by_case[row.practice_id].append(row.territory)
    ids = {each.pk for some in by_case.values() for each in some}
    parents: dict[int, set[str]] = defaultdict(set)
    links = Membership.objects.filter(child__in=ids).order_by().values_list("child", "parent__level", "parent__code")
    for child, level, code in links:
        parents[child].add(f"{level}:{code}")
    return {pk: _spot(some, parents) for pk, some in by_case.items()}


def _spot(places: list[Territory], parents: dict[int, set[str]]) -> Spot:
    first = places[0]
    scopes = {each.ref for each in places}.union(*(parents[each.pk] for each in places))
    if not Level(first.level).is_punctual:  # the middle of a département is no place one goes to
        return Spot(frozenset(scopes), name=first.name)
    return Spot(frozenset(scopes), first.latitude, first.longitude, first.name, first.precision in SURE)
