"""Finding a territory from what people type: names of today and of before, postal codes, codes.

Everything is in memory, per process: built on first use (about a second), dropped when the geography changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fairealliance.lib.text_fr import name_key
from fairealliance.territories.editions import PerEdition
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Former, Membership, Territory
from fairealliance.territories.place_index import COVERED, EXACT, EXACT_OLD, START, Entry, Hit, PlaceIndex
from fairealliance.territories.words import level_name

# What people look for most is a commune: a département or an EPCI bears the weight of a smaller one.
_WEIGHTS = {
    Level.COMMUNE: 1.0,
    Level.DEPARTEMENT: 0.05,
    Level.REGION: 0.02,
    Level.EPCI: 0.05,
    Level.EPT: 0.05,
}
_PARTS = (Level.DELEGATED, Level.ASSOCIATED, Level.ARRONDISSEMENT)
# An exact name is taken without asking when it weighs this many times its homonyms.
_DOMINATES = 10


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the list. `ref` is always a territory of today, even under an old name."""

    ref: str
    name: str
    context: str
    level: str
    population: int | None
    matched: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a text means: a territory when sure, else the candidates to choose from (maybe none)."""

    territory: Territory | None
    candidates: list[Suggestion]


def suggest(q: str, limit: int = 10, levels: Iterable[str] | None = None) -> list[Suggestion]:
    """Territories for what was typed so far, best first."""
    wanted = frozenset(levels) if levels is not None else None
    return [_suggestion(hit) for hit in _index.get().search(q, limit, wanted)]


def resolve_text(text: str, *, levels: Iterable[str] | None = None) -> Resolution:
    """What a form's field means: a ref (`commune:42218`), a code, or a name typed in full.

    A name is taken when it is the only one, or the only one of weight; else the candidates are given.
    """
    bare = text.strip()
    if ":" in bare:
        try:
            return Resolution(Territory.objects.resolve(bare), [])
        except (ValueError, Territory.DoesNotExist):
            pass
    wanted = frozenset(levels) if levels is not None else None
    hits = _index.get().search(bare, 10, wanted)
    chosen = _sure(hits)
    if chosen is None:
        return Resolution(None, [_suggestion(hit) for hit in hits])
    return Resolution(Territory.objects.resolve(chosen.entry.ref), [])


def warm() -> None:
    """Builds the table now rather than for the first visitor."""
    _index.get()


def _sure(hits: list[Hit]) -> Hit | None:
    """The hit that is surely meant. A typo is never taken for granted."""
    if not hits or hits[0].matched == "typo":
        return None
    exact = sorted((hit for hit in hits if hit.tier in (EXACT, EXACT_OLD)), key=lambda hit: -hit.entry.weight)
    if not exact:
        return _sure_enough(hits)
    first, others = exact[0], exact[1:]
    # Paris the commune and Paris the département: the commune.
    rivals = [hit for hit in others if first.entry.level != Level.COMMUNE or hit.entry.level == Level.COMMUNE]
    if not rivals or first.entry.weight >= _DOMINATES * rivals[0].entry.weight:
        return first
    return None


def _sure_enough(hits: list[Hit]) -> Hit | None:
    """No name is exactly what was typed: "havre", "saint-etienne (loire)", or the only answer."""
    first = hits[0]
    alone = len(hits) == 1
    covered = first.tier == COVERED and (alone or hits[1].tier != COVERED)
    dominates = first.tier == START and not alone and first.entry.weight >= _DOMINATES * hits[1].entry.weight
    return first if alone or covered or dominates else None


def _suggestion(hit: Hit) -> Suggestion:
    entry = hit.entry
    return Suggestion(entry.ref, entry.name, entry.context, entry.level, entry.population, hit.matched)


class _Reading:
    """The four tables as they are now, turned into entries."""

    def __init__(self) -> None:
        fields = ("pk", "level", "code", "name", "nature", "siren", "postal_codes", "population")
        self.rows = {row[0]: row for row in Territory.objects.order_by("pk").values_list(*fields)}
        self.departements = {pk: (row[2], row[3]) for pk, row in self.rows.items() if row[1] == Level.DEPARTEMENT}
        self.regions = {pk: row[3] for pk, row in self.rows.items() if row[1] == Level.REGION}
        self.above: dict[int, list[int]] = defaultdict(list)
        pairs = Membership.objects.order_by("pk").values_list("child_id", "parent_id")
        for child, parent in pairs.filter(parent_id__in=[*self.departements, *self.regions]):
            self.above[child].append(parent)
        self.whole = dict(pairs.filter(child__level__in=_PARTS, parent__level=Level.COMMUNE))

    def entries(self) -> Iterator[Entry]:
        known: set[tuple[int, str]] = set()
        for pk, (_pk, level, code, name, nature, siren, postal_codes, population) in self.rows.items():
            target = self.whole.get(pk)
            key = name_key(name)
            if level in _PARTS:
                if target is None or (target, key) in known or name_key(self.rows[target][3]) == key:
                    continue
                known.add((target, key))
                what = (
                    _("%(part)s de %(today)s")
                    if level == Level.ARRONDISSEMENT
                    else _("%(part)s, aujourd’hui %(today)s")
                )
                yield self._old(target, name, what, level, code, tuple(postal_codes))
                continue
            known.add((pk, key))
            codes = tuple({code, siren} - {""})
            weight = (population or 0) * _WEIGHTS.get(Level(level), 0.02)
            context = self._context(pk, level, nature)
            where = self._departement(pk) if level != Level.DEPARTEMENT else code
            yield Entry(
                name,
                key,
                f"{level}:{code}",
                context,
                level,
                population,
                weight,
                "name",
                codes,
                tuple(postal_codes),
                where,
            )
        yield from self._former_names(known)

    def _former_names(self, known: set[tuple[int, str]]) -> Iterator[Entry]:
        rows = Former.objects.order_by("pk").values_list("territory_id", "code", "name", "level")
        for pk, code, name, level in rows:
            key = name_key(name)
            if (pk, key) not in known:
                known.add((pk, key))
                # Codes of the régions of before 2016 are those of départements today.
                own = code if level == Level.COMMUNE and code != self.rows[pk][2] else ""
                yield self._old(pk, name or code, _("ancien nom, aujourd’hui %(today)s"), "", own)

    def _old(self, pk: int, name: str, what: str, part: str, code: str, postal_codes: tuple[str, ...] = ()) -> Entry:
        """A part or former name of today's territory `pk`, and how it says so."""
        _pk, level, today_code, today, nature, _siren, _postal, population = self.rows[pk]
        told = what % {"part": Level(part).label if part else "", "today": today}
        return Entry(
            name=name,
            key=name_key(name),
            ref=f"{level}:{today_code}",
            context=f"{told}, {self._context(pk, level, nature)}",
            level=level,
            population=population,
            weight=(population or 0) * _WEIGHTS.get(Level(level), 0.02) * 0.05,
            kind="part" if part else "former",
            codes=(code,) if code else (),
            postal_codes=postal_codes,
            departement=self._departement(pk),
        )

    def _departement(self, pk: int) -> str:
        return next((self.departements[above][0] for above in self.above[pk] if above in self.departements), "")

    def _context(self, pk: int, level: str, nature: str) -> str:
        """What tells it from its homonyms: `Loire (42)`, `communauté de communes, Loire (42)`…"""
        places = [self.departements[above] for above in self.above[pk] if above in self.departements]
        where = ", ".join(f"{name} ({code})" for code, name in places[:3])
        if level == Level.COMMUNE:
            return where or str(Level.COMMUNE.label)
        if level == Level.DEPARTEMENT:
            where = next((self.regions[above] for above in self.above[pk] if above in self.regions), "")
        return ", ".join(part for part in (level_name(level, nature), where) if part)


def _build() -> PlaceIndex:
    reading = _Reading()
    return PlaceIndex(list(reading.entries()), dict(reading.departements.values()))


_index = PerEdition(_build, "reference", "movements")
