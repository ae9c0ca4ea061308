"""A stand-in for the search engine: same questions, same kind of answers, on a list of documents.

`test_fake_index.py` asks it and the real engine the same things.
"""

from collections.abc import Iterable
from dataclasses import replace

from fairealliance.lib.geo import haversine_km
from fairealliance.lib.text_fr import fold
from fairealliance.organisations.models import Organisation
from fairealliance.practices.models import Practice
from fairealliance.resources.models import Resource
from fairealliance.search.query import Hit, Query, Results, State
from fairealliance.territories.models import Territory


class FakeIndex:
    """Documents in a list. `asked` counts the questions."""

    def __init__(self) -> None:
        self.documents: list[Hit] = []
        self.state = State.READY
        self.asked: list[Query] = []

    def follow(self) -> None:
        """Takes all that the database holds."""
        self.documents = [
            *map(_practice, Practice.objects.all()),
            *map(_organisation, Organisation.objects.all()),
        ]
        self.documents += map(_resource, Resource.objects.all())

    def find(self, query: Query) -> Results:
        self.asked.append(query)
        if self.state != State.READY:
            return Results(state=self.state)
        found = [hit for hit in (_match(document, query) for document in self.documents) if hit is not None]
        if query.sort == "distance":
            found.sort(key=lambda hit: hit.distance_km or 0.0)
        else:
            found.sort(key=lambda hit: -hit.score)
        return Results(tuple(found[: query.size]), len(found))


def _match(document: Hit, query: Query) -> Hit | None:
    facets: tuple[tuple[Iterable[object], Iterable[object]], ...] = (
        (query.goals, document.goals),
        (query.themes, document.themes),
        (query.spheres, document.spheres),
    )
    if query.kinds and document.kind not in query.kinds:
        return None
    if any(wanted and not set(wanted) & set(held) for wanted, held in facets):
        return None
    distance = _distance(document, query)
    if query.near and (distance is None or distance > query.near.km):
        return None
    held = fold(f"{document.title} {document.summary}")
    words = [word for word in fold(query.text).split() if len(word) > 3]
    score = sum(2.0 for word in words if word[:6] in held)
    if words and not score:
        return None
    lifts = {"theme": document.themes, "goal": tuple(map(str, document.goals)), "scope": document.scopes}
    score += sum(weight for facet, value, weight in query.boosts if value in lifts.get(facet, ()))
    return replace(document, score=score, distance_km=distance)


def _distance(document: Hit, query: Query) -> float | None:
    if query.near is None or document.latitude is None or document.longitude is None:
        return None
    return haversine_km(query.near.latitude, query.near.longitude, document.latitude, document.longitude)


def _scopes(territories: list[Territory]) -> tuple[str, ...]:
    return tuple({each.ref for one in territories for each in (one, *one.parents.all())})


def _practice(row: Practice) -> Hit:
    where = list(row.territories.all())
    return Hit(
        f"practice:{row.pk}",
        "practice",
        row.title,
        row.get_absolute_url(),
        0.0,
        summary=row.summary,
        territory=where[0].name if where else "",
        scopes=_scopes(where),
        goals=tuple(row.goals),
        themes=tuple(row.themes),
        latitude=row.latitude,
        longitude=row.longitude,
        precision=row.precision,
    )


def _organisation(row: Organisation) -> Hit:
    where = [*row.territories.all(), *([row.seat] if row.seat else [])]
    return Hit(
        f"organisation:{row.pk}",
        "organisation",
        row.name,
        row.get_absolute_url(),
        0.0,
        summary=row.description,
        territory=row.seat.name if row.seat else "",
        scopes=_scopes(where),
        goals=tuple(row.goals),
        themes=tuple(row.themes),
        spheres=(row.sphere,),
        latitude=row.latitude,
        longitude=row.longitude,
        precision=row.precision,
    )


def _resource(row: Resource) -> Hit:
    return Hit(
        f"resource:{row.pk}",
        "resource",
        row.title,
        row.get_absolute_url(),
        0.0,
        summary=row.summary,
        goals=tuple(row.goals),
        themes=tuple(row.themes),
        stages=tuple(row.stage),
        medoc=str(row.medoc),
    )
