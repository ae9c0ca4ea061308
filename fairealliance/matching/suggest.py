"""Suggestions for an organisation, told: the one way in for pages, mails and commands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from fairealliance.matching import loader, practices, reasons
from fairealliance.matching.accounts import Held, excluded
from fairealliance.matching.asking import LIMIT, Asker
from fairealliance.matching.columns import GOALS, THEMES
from fairealliance.matching.engine import Engine, Suggestion
from fairealliance.matching.exposure import Accounts, Share
from fairealliance.matching.live import live
from fairealliance.matching.policy import current
from fairealliance.matching.practices import Case, Near
from fairealliance.matching.reasons import Told
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Line:
    """One suggestion, its organisation, why, what is missing, the case that resembles it."""

    organisation: Organisation
    suggestion: Suggestion
    told: Told
    case: Case | None
    need: Need | None
    """Its need or offer that answers; None when its profile does."""


@dataclass(frozen=True, slots=True)
class Answer:
    policy: str
    """Version."""
    lines: tuple[Line, ...]
    passed: int
    limits: tuple[str, ...]
    """What cannot be told for want of knowing it."""
    shares: tuple[Share, ...]


def for_organisation(
    pk: int, *, limit: int = LIMIT, today: date | None = None, accounts: Accounts | None = None
) -> Answer:
    """Raises Organisation.DoesNotExist."""
    asked = loader.asker(loader.geography.get(), pk, today or timezone.localdate(), limit)
    return answer(replace(asked, excluded=excluded(pk)), accounts or Held())


def for_need(need: Need, *, limit: int = LIMIT, today: date | None = None, accounts: Accounts | None = None) -> Answer:
    """Those who could answer a need or an offer: what it says alone, around where it says."""
    asked = loader.asker_of_need(loader.geography.get(), need, today or timezone.localdate(), limit)
    return answer(replace(asked, excluded=excluded(need.organisation_id)), accounts or Held())


def answer(asker: Asker, accounts: Accounts) -> Answer:
    engine, policy = live.engine(), current()
    found = engine.pool(asker).listed(accounts)
    named = Organisation.objects.in_bulk([each.owner for each in found.suggestions])
    cases = _cases(engine, found.suggestions, asker)
    keys = {each.owner: int(engine.units.key[each.unit]) for each in found.suggestions}
    needs = Need.objects.defer("content").in_bulk([key for key in keys.values() if key])
    lines = tuple(
        Line(
            organisation=named[each.owner],
            suggestion=each,
            told=reasons.tell(each, asker, engine.units, engine.places, policy),
            case=cases.get(each.owner),
            need=needs.get(keys[each.owner]),
        )
        for each in found.suggestions
        if each.owner in named
    )
    return Answer(policy.version, lines, found.passed, tuple(reasons.of_asker(asker)), found.shares)


def _cases(engine: Engine, suggestions: Sequence[Suggestion], asker: Asker) -> dict[int, Case]:
    """Owner → the case that resembles what both have in common."""
    held = live.cases()
    here = [engine.places.keys[place] for place in engine.places.around(asker.places)]
    nearest: dict[int, Near] = {}
    for each in suggestions:
        traits = engine.units.traits[each.unit].tolist()
        first, second = traits[THEMES]
        themes = (asker.themes[0] & first, asker.themes[1] & second)
        spheres = (asker.sphere, int(engine.units.sphere[each.unit]))
        if near := held.nearest(asker.goals & traits[GOALS], themes, here, spheres):
            nearest[each.owner] = near
    told = practices.named(nearest.values())
    return {owner: replace(told[near.key], why=near.why) for owner, near in nearest.items() if near.key in told}
