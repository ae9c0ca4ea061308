"""Suggestions for an organisation, told: the one way in for pages, mails and commands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from django.utils import timezone

from fairealliance.matching import loader, reasons
from fairealliance.matching.accounts import Held
from fairealliance.matching.asking import LIMIT, Asker
from fairealliance.matching.engine import Engine, Suggestion
from fairealliance.matching.excluding import excluded
from fairealliance.matching.exposure import Ledger, Share
from fairealliance.matching.live import live
from fairealliance.matching.naming import named
from fairealliance.matching.policy import current
from fairealliance.matching.practices import Case
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

    @property
    def completes(self) -> bool:
        """It seeks what the asker brings or brings what it seeks; else it is merely near."""
        return any(reason.part == "complementarity" for reason in self.told.reasons)

    @property
    def is_worth_a_letter(self) -> bool:
        """More is known than that it acts everywhere: it completes, has a goal in common, or is near by."""
        told = {reason.part for reason in self.told.reasons}
        return bool(told & {"complementarity", "goals"}) or self.suggestion.km is not None


@dataclass(frozen=True, slots=True)
class Answer:
    policy: str
    """Version."""
    lines: tuple[Line, ...]
    passed: int
    limits: tuple[str, ...]
    """What cannot be told for want of knowing it."""
    shares: tuple[Share, ...]
    is_full: bool
    """Who asks is shown to nobody: it follows as many introductions as it can."""

    @property
    def completing(self) -> list[Line]:
        return [line for line in self.lines if line.completes]

    @property
    def near(self) -> list[Line]:
        """By their goals or their place alone."""
        return [line for line in self.lines if not line.completes]


def for_organisation(pk: int, *, limit: int = LIMIT, today: date | None = None) -> Answer:
    """Raises Organisation.DoesNotExist."""
    found = for_organisations([pk], limit=limit, today=today)
    if not found:
        raise Organisation.DoesNotExist
    return found[pk]


def for_organisations(ids: Sequence[int], *, limit: int = LIMIT, today: date | None = None) -> dict[int, Answer]:
    """For each of these that exist. As many queries for many as for one."""
    askers = loader.askers(loader.geography.get(), ids, today or timezone.localdate(), limit)
    return dict(zip(askers, _answers(list(askers.values())), strict=True))


def for_need(need: Need, *, limit: int = LIMIT, today: date | None = None) -> Answer:
    """Those who could answer a need or an offer: what it says alone, around where it says."""
    [answer] = _answers([loader.asker_of_need(loader.geography.get(), need, today or timezone.localdate(), limit)])
    return answer


def _answers(askers: Sequence[Asker]) -> list[Answer]:
    apart = excluded([asker.owner for asker in askers])
    engine, policy = live.engine(), current()
    asked = [replace(asker, excluded=apart[asker.owner]) for asker in askers]
    pools = [engine.pool(asker) for asker in asked]
    held = Held(np.unique(np.concatenate([pool.owners for pool in pools]))) if pools else Ledger()
    found = [pool.listed(held) for pool in pools]
    lines = _lines(engine, [(each, asker) for one, asker in zip(found, asked, strict=True) for each in one.suggestions])
    return [
        Answer(
            policy.version,
            tuple(line for line in (next(lines) for _each in one.suggestions) if line),
            one.passed,
            tuple(reasons.of_asker(asker)),
            one.shares,
            asker.room == 0,
        )
        for one, asker in zip(found, asked, strict=True)
    ]


def _lines(engine: Engine, suggested: Sequence[tuple[Suggestion, Asker]]) -> Iterator[Line | None]:
    """In their order; None for an organisation that is gone meanwhile. Three queries."""
    for one in named(engine, suggested, in_network=True):
        yield one and Line(
            one.organisation,
            one.suggestion,
            reasons.tell(one.suggestion, one.asker, engine.units, engine.places, current()),
            one.case,
            one.need,
        )
