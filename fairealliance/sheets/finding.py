"""What the index is asked for a sheet: a handful of questions, whatever the data's size."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from fairealliance.goals.vocabulary import THEMES
from fairealliance.search import engine
from fairealliance.search.query import Hit, Near, Query, Results, State
from fairealliance.sheets.filters import Filters
from fairealliance.sheets.place import Place, Spot
from fairealliance.sheets.subject import Subject
from fairealliance.territories.enums import SURE, Level

# Near and fitting ones are lifted by the index itself: what is shown is among the first.
SIZE, _MANY, _FEW = 24, 40, 16
# A long challenge is searched by its first telling words: the others change the order little and cost much.
_MOST_WORDS, _THEME_WORDS = 8, 2
# The theme of those whose work is to make alliances.
_SUPPORT = ("alliances",)
_GENERIC = "alliance partenariat co-construction territoire méthode guide"

_LIFT = {Level.COMMUNE: 3.0, Level.EPCI: 3.0, Level.EPT: 3.0, Level.DEPARTEMENT: 2.0}

Boosts = tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something found. `relevance` goes to 1 for the best of its question."""

    ref: str
    pk: int
    title: str
    summary: str
    relevance: float
    spot: Spot
    goals: tuple[int, ...]
    themes: tuple[str, ...]
    spheres: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    medoc: str = ""
    is_demo: bool = False


class Finder:
    """Asks the index about one subject at one place. `state` tells whether all questions were answered."""

    def __init__(self, subject: Subject, place: Place, filters: Filters) -> None:
        self._subject, self._place, self._filters = subject, place, filters
        self.state = State.READY.value

    def practices(self) -> list[Candidate]:
        """Cases that answer, near ones lifted."""
        return self._narrowed("practice", near=self._near())

    def organisations(self) -> list[Candidate]:
        """Those whose work answers, near ones lifted."""
        return self._narrowed("organisation", near=self._near(), spheres=self._filters.spheres)

    def resources(self) -> list[Candidate]:
        """Tools and trainings on the subject, then those that serve any alliance."""
        # A filter on goals must not hide the methods that serve all of them: they carry goal 17.
        goals = (*self._filters.goals, 17) if self._filters.goals else ()
        boosts = self._boosts(around=False)  # a tool is used from anywhere
        own = self._ask(Query(self._text(), ("resource",), goals=goals, boosts=boosts, size=SIZE))
        if len(own) >= SIZE // 2:
            return own
        known = {each.ref for each in own}
        others = self._ask(Query(_GENERIC, ("resource",), boosts=boosts, size=SIZE))
        return [*own, *(_lowered(each) for each in others if each.ref not in known)]

    def supporters(self) -> list[Candidate]:
        """Organisations whose work is to help others act together: near ones, and those who know the subject."""
        return self._ask(Query("", ("organisation",), themes=_SUPPORT, boosts=self._boosts(), size=_FEW))

    def _narrowed(self, kind: str, *, near: Near | None, spheres: tuple[str, ...] = ()) -> list[Candidate]:
        """Of one kind, with one of the goals or themes the user chose, when they chose."""
        goals, themes = self._filters.goals, self._filters.themes
        wide, tight = goals, themes
        if goals and themes:
            # Either will do, but facets narrow each other: ask for all the goals concerned, then sort out.
            wide, tight = tuple({*goals, *(goal for theme in themes for goal in THEMES[theme].goals)}), ()
        # Partners are known to the database only: more cases are needed to keep enough of them.
        size = _MANY if self._filters.spheres else SIZE
        boosts = self._boosts(alike=kind == "practice")
        query = Query(self._text(), (kind,), wide, tight, spheres, near=near, boosts=boosts, size=size)
        found = self._ask(query)
        if not (goals or themes):
            return found
        return [each for each in found if set(goals) & set(each.goals) or set(themes) & set(each.themes)]

    def _text(self) -> str:
        """The challenge's first telling words, then what the name of its main theme adds: those who tag say it so."""
        subject = self._subject
        words = list(subject.words[:_MOST_WORDS]) or subject.text.split()[:_MOST_WORDS]
        return " ".join([*words, *subject.theme_words(words)[:_THEME_WORDS]])

    def _near(self) -> Near | None:
        here, km = self._place.territory, self._filters.km
        if km is None or not self._place.is_point or here.latitude is None or here.longitude is None:
            return None
        return Near(here.latitude, here.longitude, km)

    def _boosts(self, *, around: bool = True, alike: bool = False) -> Boosts:
        """What lifts an answer: its theme; how near it is; being in a territory like this one.

        Goals and the région are left to our own ranking: so many documents share them that lifting these costs
        the index more than all the rest, and tells little.
        """
        subject, place = self._subject, self._place
        lifted = [("theme", slug, 4.0 if rank == 0 else 2.0) for rank, slug in enumerate(subject.theme_slugs)]
        if around:
            lifted.append(("scope", place.territory.ref, 3.0))
            lifted += [("scope", one.ref, _LIFT[Level(one.level)]) for one in place.ancestors if one.level in _LIFT]
        if alike:
            lifted += [("scope", ref, 1.5) for ref in place.neighbours]
        return tuple(lifted)

    def _ask(self, query: Query) -> list[Candidate]:
        results: Results = engine.find(
            replace(query, any_word=True, with_facets=False, with_snippets=False, with_total=False)
        )
        if results.state != State.READY:
            self.state = State.REBUILDING.value
            return []
        best = max((hit.score for hit in results.hits), default=0.0) or 1.0
        return list(_candidates(results.hits, best))


def _candidates(hits: Iterable[Hit], best: float) -> Iterable[Candidate]:
    for hit in hits:
        _kind, _separator, key = hit.ref.partition(":")
        if not key.isdecimal():
            continue
        yield Candidate(
            ref=hit.ref,
            pk=int(key),
            title=hit.title,
            summary=hit.summary,
            relevance=max(hit.score, 0.0) / best,
            spot=Spot(
                scopes=frozenset(hit.scopes),
                latitude=hit.latitude,
                longitude=hit.longitude,
                name=hit.territory,
                precise=hit.precision in SURE,
            ),
            goals=hit.goals,
            themes=hit.themes,
            spheres=hit.spheres,
            stages=hit.stages,
            medoc=hit.medoc,
            is_demo=hit.is_demo,
        )


def _lowered(candidate: Candidate) -> Candidate:
    """Found by another question: its mark is not on the same scale, and it comes after."""
    return replace(candidate, relevance=candidate.relevance * 0.5)
