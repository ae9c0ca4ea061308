"""Why, in words and with the facts: each sentence tells one part of the score, and says nothing that is not in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fairealliance.goals.skills import named
from fairealliance.goals.vocabulary import GOALS, THEMES
from fairealliance.matching import columns
from fairealliance.matching.asking import Asker
from fairealliance.matching.bits import SKILLS_BIT, goals, positions, themes
from fairealliance.matching.columns import (
    BROUGHT,
    NO_LIMIT,
    REMOTE,
    SOUGHT,
    TELLS_BRINGS,
    TELLS_SEEKS,
    UNKNOWN_DAY,
    Places,
    Units,
    day,
)
from fairealliance.matching.engine import Suggestion
from fairealliance.matching.gates import radius
from fairealliance.matching.phrases import phrases
from fairealliance.matching.policy import Policy
from fairealliance.territories.enums import Level


@dataclass(frozen=True, slots=True)
class Reason:
    """`part` is the part of the score that it tells."""

    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """All that is said of one suggestion."""

    gates: dict[str, str]
    """Each gate that was passed, and the fact that opened it."""
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]


def tell(each: Suggestion, asker: Asker, units: Units, places: Places, policy: Policy) -> Told:
    """Reasons in the order of their weight in this score, then what is missing."""
    speaker = _Speaker(each, asker, units, places, policy)
    told = {
        "complementarity": [*speaker.complementarity()],
        "goals": [*speaker.goals()],
        "skills": [*speaker.skills()],
        "place": [*speaker.place()],
        "freshness": [*speaker.freshness()],
        "reliability": [*speaker.reliability()],
    }
    weights = policy.weights
    order = sorted(told, key=lambda part: -each.parts[part] * getattr(weights, part))
    reasons = [Reason(part, text) for part in order for text in told[part]]
    if each.raised:
        reasons.append(Reason("exposure", phrases()["exposure"]))
    return Told(speaker.gates(), tuple(reasons), tuple(speaker.missing()))


def tell_pair(
    each: Suggestion, asker: Asker, units: Units, places: Places, policy: Policy, names: tuple[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Why both, told to a third; and what is not known. `names`: of who asks, of the one that is shown."""
    speaker = _Speaker(each, asker, units, places, policy)
    first, second = names
    exchanges = [(second, first, each.brings & asker.seeks), (first, second, each.seeks & asker.brings)]
    said = [speaker.words["pair"] % (one, other, speaker.kinds(bits)) for one, other, bits in exchanges if bits]
    said += speaker.skills_of_pair(first, second)
    said += speaker.goals()
    if each.wide:
        said.append(speaker.words["pair wide"] % (second, speaker.where()))
    known = [("pair seeks", second, speaker.tells_seeks), ("pair brings", second, speaker.tells_brings)]
    known += [("pair seeks", first, asker.seeks), ("pair brings", first, asker.brings)]
    missing = [speaker.words[word] % name for word, name, bits in known if not bits]
    return tuple(said), tuple(missing)


class _Speaker:
    def __init__(self, each: Suggestion, asker: Asker, units: Units, places: Places, policy: Policy) -> None:
        self.each, self.asker, self.units, self.places, self.policy = each, asker, units, places, policy
        self.words = phrases()
        unit = each.unit
        traits = units.traits[unit].tolist()
        self.goal_bits = traits[columns.GOALS]
        self.theme_bits = tuple(traits[columns.THEMES])
        self.seeks, self.brings = int(units.seeks[unit]), int(units.brings[unit])
        self.sought, self.brought = traits[SOUGHT], traits[BROUGHT]
        told_on = int(units.told_on[unit])
        self.age = None if told_on == UNKNOWN_DAY else day(asker.today) - told_on
        tells = int(units.tells[unit])
        self.tells_seeks, self.tells_brings = self.seeks or tells & TELLS_SEEKS, self.brings or tells & TELLS_BRINGS
        self.asked, self.answered = int(units.asked[unit]), int(units.answered[unit])

    def complementarity(self) -> Iterator[str]:
        if got := self.each.brings & self.asker.seeks:
            yield self.words["got"] % self.kinds(got)
        if given := self.each.seeks & self.asker.brings:
            yield self.words["given"] % self.kinds(given)

    def goals(self) -> Iterator[str]:
        if common := goals(self.goal_bits & self.asker.goals):
            names = ", ".join(f"{number} ({GOALS[number].short})" for number in common)
            yield self.words["goals" if len(common) > 1 else "goal"] % names
        if shared := themes((self.theme_bits[0] & self.asker.themes[0], self.theme_bits[1] & self.asker.themes[1])):
            names = ", ".join(THEMES[slug].name for slug in shared)
            yield self.words["themes" if len(shared) > 1 else "theme"] % names

    def skills(self) -> Iterator[str]:
        if got := self.brought & self.asker.skills_sought:
            yield self.words["skills got"] % ", ".join(named(got))
        if given := self.sought & self.asker.skills_brought:
            yield self.words["skills given"] % ", ".join(named(given))

    def skills_of_pair(self, first: str, second: str) -> Iterator[str]:
        """`first` asks, `second` is shown."""
        if got := self.brought & self.asker.skills_sought:
            yield self.words["pair skills"] % (first, second, ", ".join(named(got)))
        if given := self.sought & self.asker.skills_brought:
            yield self.words["pair skills"] % (second, first, ", ".join(named(given)))

    def place(self) -> Iterator[str]:
        if self.each.parts["place"] > 0:
            yield self.where()

    def where(self) -> str:
        place, km = self.each.place, self.each.km
        name, level = self.places.names[place], self.places.levels[place]
        if km is not None:
            told = self._km(km)
            return self.words["km place"] % (told, name) if place >= 0 else self.words["km"] % told
        if place < 0:
            return self.words["here" if self.asker.looks_on else "acts here"]
        if level == REMOTE:
            return self.words["remote"]
        if level == Level.COUNTRY:
            return self.words["country"]
        if not self.asker.areas or (self.each.wide and not self.asker.looks_on):
            word = "acts"
        else:
            word = "is in" if self.asker.looks_on else "acts in"
        return self.words[word] % (name, self.words[f"level {level}"])

    def freshness(self) -> Iterator[str]:
        if self.age is None or self._is_old():
            return
        if self.age <= 0:
            yield self.words["today"]
        else:
            yield self.words["yesterday"] if self.age == 1 else self.words["days"] % self.age

    def _is_old(self) -> bool:
        return self.age is not None and self.age > 3 * self.policy.freshness_half_life_days

    def reliability(self) -> Iterator[str]:
        if self.asked:
            yield self.words["answered" if self.answered > 1 else "answered one"] % (self.answered, self.asked)

    def gates(self) -> dict[str, str]:
        words, unit, km = self.words, self.each.unit, self.each.km
        room = int(self.units.room[unit])
        known = self.units.sphere[unit] and self.asker.sphere
        return {
            "territory": self.where()
            if km is None
            else words["gate km"] % (self._km(km), self._km(radius(self.asker, self.policy))),
            "dates": words["gate dates"],
            "spheres": words["gate spheres" if known else "gate sphere unknown"],
            "exclusions": words["gate exclusions"],
            "capacity": words["gate no limit"]
            if room == NO_LIMIT
            else words["gate room" if room > 1 else "gate room one"] % room,
            "audience": words["gate members" if self.units.network_only[unit] else "gate all"],
        }

    def missing(self) -> Iterator[str]:
        names = [*self._missing_exchange(), *self._missing_rest()]
        yield from (self.words[name] for name in names)
        if self.asker.seeks and self.brings and (left := self.asker.seeks & ~self.each.brings & ~SKILLS_BIT):
            yield self.words["left"] % self.kinds(left)

    def _missing_exchange(self) -> Iterator[str]:
        if not self.tells_seeks and not self.tells_brings:
            yield "no exchange"
        elif not self.tells_seeks:
            yield "no seeks"
        elif not self.tells_brings:
            yield "no brings"
        either = (self.asker.seeks & self.brings) | (self.asker.brings & self.seeks)
        kept = (self.asker.seeks & self.each.brings) | (self.asker.brings & self.each.seeks)
        if either & ~kept & SKILLS_BIT:
            yield "other skills"
        elif self.asker.seeks & self.each.brings & SKILLS_BIT and not self.brought:
            yield "no skills"

    def _missing_rest(self) -> Iterator[str]:
        if not self.goal_bits and not any(self.theme_bits):
            yield "no goals"
        if not self.units.sphere[self.each.unit]:
            yield "no sphere"
        if self.age is None:
            yield "no date"
        elif self._is_old():
            yield "old"
        if not self.asked:
            yield "no request"

    def kinds(self, bits: int) -> str:
        return ", ".join(self.words[f"kind {i}"] for i in positions(bits))

    def _km(self, km: float) -> str:
        """As one says it: metres are never sure."""
        if km < 1:
            return self.words["below"]
        return (f"{km:.1f}".replace(".", ",") if km < 9.95 else f"{km:.0f}") + " km"


def of_asker(asker: Asker) -> list[str]:
    """What the one who asks does not say, and that would make suggestions better."""
    said = []
    if not asker.seeks and not asker.brings:
        said.append(
            _(
                "Ce que vous cherchez et apportez n’est pas renseigné : l’ordre ne tient qu’aux objectifs, au lieu et "
                "à la fraîcheur des informations. Aucune complémentarité n’est affirmée."
            )
        )
    elif not asker.seeks:
        said.append(_("Vous ne dites pas ce que vous cherchez."))
    elif not asker.brings:
        said.append(_("Vous ne dites pas ce que vous apportez."))
    if not asker.goals and not any(asker.themes):
        said.append(_("Vos objectifs (ODD, thèmes) ne sont pas renseignés."))
    if not asker.points and not asker.places and not asker.areas:
        said.append(_("Votre lieu n’est pas connu : seuls ceux qui agissent à distance peuvent être montrés."))
    return said
