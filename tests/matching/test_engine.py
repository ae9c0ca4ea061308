"""The engine against the same answers reckoned one by one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fairealliance.lib.geo import haversine_km
from fairealliance.matching import engine as engine_module
from fairealliance.matching.asking import Asker
from fairealliance.matching.bits import SKILLS_BIT, exchange_bits
from fairealliance.matching.columns import REMOTE
from fairealliance.matching.engine import Found
from fairealliance.matching.exposure import Ledger
from fairealliance.matching.policy import PARTS, Policy, Weights
from fairealliance.matching.rows import Full
from tests.matching import world
from tests.matching.world import PLACES, POLICY, TODAY, One, askers, columns, drawn, engine, worlds

HERE = (45.44, 4.39)
FUNDING, PREMISES = exchange_bits(["funding"]), exchange_bits(["premises"])


def asked(**given: object) -> Asker:
    return Asker(**{"owner": 99, "today": TODAY, "points": (HERE,), "places": (4,), "sphere": 1, **given})


def at(km_north: float) -> tuple[float, float, int]:
    return (HERE[0] + km_north / 111.195, HERE[1], 4)


def found(some: list[One], asker: Asker, policy: Policy = POLICY, ledger: Ledger | None = None) -> Found:
    return engine(some, policy).pool(asker).listed(ledger or Ledger())


def expected(some: list[One], asker: Asker, policy: Policy = POLICY) -> dict[int, float]:
    """Owner → score of its best place, for all that pass the gates."""
    best: dict[int, float] = {}
    for one in some:
        if not world.gates(one, asker, policy):
            for near, _wide in world.nearness(one, asker, policy):
                best[one.owner] = max(best.get(one.owner, 0.0), world.score(one, asker, near, policy))
    return best


def on_no_edge(some: list[One], asker: Asker) -> bool:
    radius = asker.radius_km or POLICY.gates.radius_km
    gaps = [
        abs(haversine_km(*point, *site[:2]) - radius) for one in some for site in one.sites for point in asker.points
    ]
    return all(gap > 0.005 for gap in gaps)


@drawn
@given(some=worlds(), asker=askers)
def test_the_same_as_one_by_one(some: list[One], asker: Asker) -> None:
    assume(on_no_edge(some, asker))
    wanted = expected(some, asker)
    pool = engine(some).pool(replace(asker, limit=50))
    assert dict(zip(pool.owners.tolist(), pool.scores.tolist(), strict=True)) == pytest.approx(wanted, abs=2e-5)
    assert pool.scores.tolist() == sorted(pool.scores.tolist(), reverse=True)


@drawn
@given(some=worlds(), asker=askers)
def test_only_the_best_local_ones_and_the_best_wide_ones_are_kept(some: list[One], asker: Asker) -> None:
    """However few are asked for, none that is better was left."""
    assume(on_no_edge(some, asker))
    policy = replace(POLICY, exposure=replace(POLICY.exposure, contenders=1, most=0.0))
    wanted = sorted(expected(some, asker).values(), reverse=True)
    pool = engine(some, policy).pool(asker)
    count = min(asker.limit, len(wanted))
    assert pool.scores[:count].tolist() == pytest.approx(wanted[:count], abs=2e-5)


@drawn
@given(some=worlds(), asker=askers, counted=st.integers(1, 3))
def test_what_is_counted_late_changes_nothing(some: list[One], asker: Asker, counted: int) -> None:
    """The first round counts few of them whole, and must still find the same."""
    whole = engine(some).pool(asker)
    few = engine(some)
    best = few._best(whole.ranking, engine_module.Candidates.joined([*few.candidates(asker)]), counted)
    among = few._scores(whole.ranking.parts(best.at, best.place))
    assert sorted(among, reverse=True) == pytest.approx(whole.scores[: len(among)].tolist(), abs=2e-5)


weights = st.lists(st.integers(0, 100), min_size=len(PARTS), max_size=len(PARTS)).filter(any)


@drawn
@given(some=worlds(), asker=askers, chosen=weights, owed=st.floats(-5, 5))
def test_no_weight_lets_in_one_whom_a_gate_keeps_out(
    some: list[One], asker: Asker, chosen: list[int], owed: float
) -> None:
    assume(on_no_edge(some, asker))
    other = replace(POLICY, weights=Weights(*(each / sum(chosen) for each in chosen)))
    ledger = Ledger(deserved={one.owner: owed for one in some})
    passed = set(expected(some, asker))
    shown = [each.owner for each in found(some, asker, other, ledger).suggestions]
    assert set(shown) <= passed
    assert len(shown) == len(set(shown)) == min(asker.limit, len(passed))


def test_a_weight_that_opened_a_gate_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with the gates taken away, the same question shows the one they kept out."""
    full = One(1, brings=FUNDING, room=0, sites=(at(1),))
    assert found([full], asked(seeks=FUNDING)).suggestions == ()
    monkeypatch.setattr(
        "fairealliance.matching.gates.Gate.open_to", lambda self, rows, at: np.ones(len(rows.unit[at]), bool)
    )
    assert [each.owner for each in found([full], asked(seeks=FUNDING)).suggestions] == [1]


@drawn
@given(some=worlds(), asker=askers, more=st.frozensets(st.integers(1, 30)), km=st.sampled_from([3.1, 6.9]))
def test_gates_are_monotone(some: list[One], asker: Asker, more: frozenset[int], km: float) -> None:
    """To ask for more only ever shuts: fewer pass, and none that did not before."""
    before = set(expected(some, asker))
    for tighter in (
        replace(asker, excluded=asker.excluded | more),
        replace(asker, radius_km=km),
        replace(asker, in_network=False),
        replace(asker, welcomes=asker.welcomes & 0b10),
        replace(asker, points=asker.points[:1]),
    ):
        assume(on_no_edge(some, tighter))
        after = {int(owner) for owner in engine(some).pool(replace(tighter, limit=50)).owners}
        assert after <= before


@drawn
@given(some=worlds(), asker=askers)
def test_the_parts_add_up_to_the_score(some: list[One], asker: Asker) -> None:
    for each in found(some, asker).suggestions:
        assert set(each.parts) == set(PARTS)
        assert all(-1e-6 <= part <= 1 + 1e-6 for part in each.parts.values())
        total = sum(getattr(POLICY.weights, name) * part for name, part in each.parts.items())
        assert each.score == pytest.approx(total, abs=1e-6)


@drawn
@given(some=worlds(), asker=askers, order=st.randoms(use_true_random=False))
def test_the_same_list_whatever_the_order_of_the_rows(some: list[One], asker: Asker, order) -> None:
    other = list(some)
    order.shuffle(other)
    assert [(each.owner, each.score) for each in found(some, asker).suggestions] == [
        (each.owner, each.score) for each in found(other, asker).suggestions
    ]


@drawn
@given(some=worlds(), later=worlds(at_most=6), gone=st.frozensets(st.integers(1, 30), max_size=3), asker=askers)
def test_what_is_taken_in_later_is_as_if_it_had_been_there(
    some: list[One], later: list[One], gone: frozenset[int], asker: Asker
) -> None:
    changed = {one.owner for one in later} | gone
    running = engine(some, spare=12)
    running.pool(asker)
    running.take_in(np.array(sorted(changed), np.int64), *columns(later))
    anew = engine([one for one in some if one.owner not in changed] + later)
    asker = replace(asker, limit=50)
    assert scores(running, asker) == scores(anew, asker)


def scores(one: engine_module.Engine, asker: Asker) -> dict[int, float]:
    pool = one.pool(asker)
    return dict(zip(pool.owners.tolist(), pool.scores.tolist(), strict=True))


def test_without_room_nothing_is_taken_in_by_halves() -> None:
    running = engine([One(1, sites=(at(1),))], spare=1)
    with pytest.raises(Full):
        running.take_in(np.array([1]), *columns([One(1, sites=(at(1),)), One(2, sites=(at(2),))]))
    assert running.pool(asked()).owners.tolist() == [1]


def test_both_sides_count() -> None:
    one_way = One(1, brings=FUNDING, sites=(at(2),))
    both = One(2, brings=FUNDING, seeks=PREMISES, sites=(at(2),))
    shown = found([one_way, both], asked(seeks=FUNDING, brings=PREMISES)).suggestions
    assert [each.owner for each in shown] == [2, 1]
    assert [round(each.parts["complementarity"], 6) for each in shown] == [1.0, 0.25]


def test_skills_of_another_kind_do_not_complete() -> None:
    accounts, gardens = 0b1, 0b10
    asker = asked(seeks=SKILLS_BIT, skills_sought=accounts)
    shown = found(
        [
            One(1, brings=SKILLS_BIT, skills_brought=gardens, sites=(at(1),)),
            One(2, brings=SKILLS_BIT, sites=(at(1),)),
            One(3, brings=SKILLS_BIT, skills_brought=accounts, sites=(at(1),)),
        ],
        asker,
    ).suggestions
    assert [(each.owner, each.parts["complementarity"]) for each in shown] == [(3, 1.0), (2, 1.0), (1, 0.0)]


def test_an_organisation_with_many_sites_is_shown_once_and_for_the_nearest() -> None:
    shown = found([One(1, sites=(at(20), at(3), at(12)))], asked()).suggestions
    assert [round(each.km or 0, 1) for each in shown] == [3.0]


def test_an_asker_with_many_sites_is_served_around_each() -> None:
    far = One(1, sites=((48.85, 2.35, -1),))
    shown = found([far], asked(points=(HERE, (48.86, 2.35)))).suggestions
    assert [round(each.km or 0, 1) for each in shown] == [1.1]


@pytest.mark.parametrize("longitude", [179.99, -179.99])
def test_around_the_antimeridian(longitude: float) -> None:
    shown = found([One(1, sites=((-14.3, -longitude, -1),))], asked(points=((-14.3, longitude),))).suggestions
    assert [each.owner for each in shown] == [1]


def many_wide(count: int, place: int, **given: object) -> list[One]:
    return [One(1000 + i, brings=FUNDING, seeks=PREMISES, goals=1, scopes=(place,), **given) for i in range(count)]


def test_those_who_act_everywhere_do_not_flood() -> None:
    local = [One(i, brings=FUNDING, sites=(at(i / 10),)) for i in range(1, 60)]
    asker = asked(seeks=FUNDING, brings=PREMISES, goals=1)
    shown = found(local + many_wide(500, 0), asker).suggestions
    assert sum(each.wide for each in shown) == round(20 * POLICY.wide_at_most)
    assert len(shown) == 20


def test_those_who_act_everywhere_are_not_lost() -> None:
    local = [One(i, brings=FUNDING, seeks=PREMISES, goals=1, sites=(at(0.1),)) for i in range(1, 60)]
    wide = [One(1000 + i, brings=FUNDING, scopes=(PLACES.remote,)) for i in range(30)]
    shown = found(local + wide, asked(seeks=FUNDING, brings=PREMISES, goals=1)).suggestions
    assert sum(each.wide for each in shown) == round(20 * POLICY.wide_at_least)
    useless = [One(1000 + i, scopes=(PLACES.remote,)) for i in range(30)]
    assert not any(each.wide for each in found(local + useless, asked(seeks=FUNDING, goals=1)).suggestions)


def test_where_nobody_is_near_those_who_act_everywhere_fill_the_list() -> None:
    shown = found(many_wide(30, PLACES.remote), asked()).suggestions
    assert len(shown) == 20
    assert PLACES.levels[shown[0].place] == REMOTE


def test_a_territory_is_looked_at_whole() -> None:
    some = [
        One(1, sites=((45.44, 4.39, 4),)),
        One(2, sites=((45.76, 4.83, 6),)),
        One(3, scopes=(3,)),
        One(4, scopes=(1,)),
        One(5, sites=((45.44, 4.39, -1),)),
    ]
    shown = found(some, Asker(owner=0, today=TODAY, areas=(2,))).suggestions
    assert {each.owner for each in shown} == {1, 3}
    assert [each.km for each in shown] == [None, None]


def test_equals_are_drawn_by_lot_always_the_same_and_not_the_oldest_first() -> None:
    alike = [One(i, sites=(at(1),)) for i in range(1, 200)]
    lists = [[each.owner for each in found(alike, asked(owner=owner)).suggestions] for owner in (500, 500, 501)]
    assert lists[0] == lists[1] != lists[2]
    assert lists[0] != sorted(lists[0])


@pytest.mark.parametrize("km", [0.0, -1.0, 301.0, float("nan")])
def test_a_radius_that_is_none_is_refused(km: float) -> None:
    with pytest.raises(ValueError, match="rayon"):
        found([], asked(radius_km=km))
