"""Attention follows merit over time, at a known cost."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from fairealliance.matching.asking import Asker
from fairealliance.matching.exposure import Ledger, attention, evenness, shares
from tests.matching.test_engine import FUNDING, PREMISES, asked, at, found
from tests.matching.world import POLICY, One, askers, drawn, engine, worlds


def town(count: int = 80) -> list[One]:
    """Nearly alike: without evening out the same twenty would be shown for ever."""
    return [One(i, brings=FUNDING, goals=1, sites=(at(i / 20),)) for i in range(1, count + 1)]


def after(rounds: int, *, evened: bool) -> tuple[Ledger, float]:
    """Accounts after so many lists, and the quality kept, as discounted gain over that of the plain list."""
    ledger, gained, ideal = Ledger(), 0.0, 0.0
    running, asker = engine(town()), asked(seeks=FUNDING, brings=PREMISES, goals=1)
    plain = [each.score for each in running.pool(asker).listed(Ledger()).suggestions]
    for _round in range(rounds):
        one = running.pool(asker).listed(ledger if evened else Ledger())
        ledger.add(one.shares)
        gained += float(attention(20) @ [each.score for each in one.suggestions])
        ideal += float(attention(20) @ plain)
    return ledger, gained / ideal


def figures(ledger: Ledger):
    owners = sorted(ledger.deserved)
    had = np.array([ledger.had.get(owner, 0.0) for owner in owners])
    return evenness(had, np.array([ledger.deserved[owner] for owner in owners]))


def test_nobody_among_contenders_starves_and_little_quality_is_lost() -> None:
    plain, whole = after(100, evened=False)
    evened, kept = after(100, evened=True)
    assert whole == 1.0
    assert figures(plain).never_shown == 60
    assert figures(evened).never_shown == 0
    assert figures(evened).gini < 0.3 < figures(plain).gini
    assert figures(evened).unfairness < 0.3 < figures(plain).unfairness
    assert kept > 0.97


@drawn
@given(some=worlds(), asker=askers)
def test_no_list_is_worse_than_the_most_that_a_score_is_raised(some: list[One], asker: Asker) -> None:
    plain = found(some, asker).suggestions
    owed = Ledger(deserved={one.owner: float(one.owner) for one in some})
    evened = found(some, asker, ledger=owed).suggestions
    assert len(plain) == len(evened)
    if plain and not any(each.wide for each in (*plain, *evened)):
        least = min(each.score for each in plain)
        assert min(each.score for each in evened) >= least - POLICY.exposure.most - 1e-6
    assert all(0 <= each.raised <= POLICY.exposure.most for each in evened)


def test_the_same_accounts_give_the_same_list() -> None:
    first, second = (after(7, evened=True)[0] for _turn in range(2))
    assert first == second


def test_one_list_gives_as_much_attention_as_merit() -> None:
    given_out = found(town(), asked(seeks=FUNDING)).shares
    assert sum(share.attention for share in given_out) == pytest.approx(sum(share.merit for share in given_out))
    assert sum(share.attention for share in given_out) == pytest.approx(float(attention(20).sum()))


def test_without_a_score_merit_is_shared_equally() -> None:
    assert [share.merit for share in shares([1, 2], np.zeros(2), [1])] == [0.5, 0.5]


def test_it_can_be_switched_off() -> None:
    policy = replace(POLICY, exposure=replace(POLICY.exposure, most=0.0))
    asker = asked(seeks=FUNDING, goals=1)
    owed = Ledger(deserved={80: 50.0})
    assert found(town(), asker, policy, owed).suggestions == found(town(), asker, policy).suggestions
    assert found(town(), asker, ledger=owed).suggestions[0].owner == 80


def test_figures_of_nobody() -> None:
    assert figures(Ledger()).gini == 0.0
