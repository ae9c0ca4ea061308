"""Figures: states kept, counts summed and said, medians never."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairealliance.accounts.actors import SYSTEM
from fairealliance.journal.models import Entry
from fairealliance.territories.actions import Counts, save_indicator, save_values
from fairealliance.territories.enums import IndicatorKind, State
from fairealliance.territories.models import Edition, Value
from fairealliance.territories.portrait import figures
from tests.factories import SourceFactory, TerritoryFactory, UserFactory
from tests.territories.world import make_indicator, make_world, put_in

pytestmark = pytest.mark.django_db


def value_of(indicator, territory) -> Value | None:
    return Value.objects.filter(indicator=indicator, territory=territory).first()


def figure_of(indicator, territory):
    return next(figure for figure in figures(territory) if figure.slug == indicator.slug)


def known(territory, number: float):
    return (territory.pk, State.KNOWN, number, "")


def test_saving_twice_changes_nothing():
    world = make_world()
    indicator = make_indicator()
    rows = [known(world.saint_etienne, 10.0), (world.communes[1].pk, State.SECRET, None, "")]
    assert save_values(by=SYSTEM, indicator=indicator, rows=rows) == Counts(2, 0, 0)
    digest = Edition.objects.get(name="figures").digest
    entries = Entry.objects.count()
    assert save_values(by=SYSTEM, indicator=indicator, rows=iter(rows)) == Counts(0, 0, 2)
    assert Edition.objects.get(name="figures").digest == digest
    assert Entry.objects.count() == entries
    changed = [known(world.saint_etienne, 11.0), rows[1]]
    assert save_values(by=SYSTEM, indicator=indicator, rows=changed) == Counts(0, 1, 1)
    assert Edition.objects.get(name="figures").digest != digest


def test_a_secret_is_neither_zero_nor_missing():
    world = make_world()
    indicator = make_indicator("taux")
    save_values(by=SYSTEM, indicator=indicator, rows=[(world.saint_etienne.pk, State.SECRET, None, "")])
    secret = figure_of(indicator, world.saint_etienne)
    assert (secret.state, secret.value) == (State.SECRET, None)
    assert "vies privées" in secret.note
    missing = figure_of(indicator, world.communes[1])
    assert (missing.state, missing.value) == (State.UNAVAILABLE, None)
    assert "ne dit rien" in missing.note


def test_a_count_is_summed_upward_and_says_of_how_many():
    world = make_world()
    indicator = make_indicator(additive=True)
    save_values(by=SYSTEM, indicator=indicator, rows=[known(world.communes[0], 10.0), known(world.communes[1], 5.0)])
    whole = value_of(indicator, world.metropole)
    assert whole is not None
    assert (whole.state, whole.number, whole.parts_known, whole.parts_total) == (State.KNOWN, 15.0, 2, 2)
    assert figure_of(indicator, world.metropole).note == "somme de ses 2 communes"
    # Two communes of five are known in the région: adding them would mislead.
    partial = figure_of(indicator, world.region)
    assert (partial.state, partial.value) == (State.UNAVAILABLE, None)
    assert "2 communes sur 5" in partial.note
    # Nothing is known of the other EPCI: not zero.
    assert value_of(indicator, world.astride) is None


def test_a_sum_missing_little_is_shown_as_a_minimum():
    world = make_world()
    indicator = make_indicator(additive=True)
    small = [TerritoryFactory() for _ in range(10)]
    for commune in small:
        put_in(commune, world.loire)
    rows = [known(commune, 1.0) for commune in [*small, *world.communes[:2]]]
    save_values(by=SYSTEM, indicator=indicator, rows=rows)
    figure = figure_of(indicator, world.loire)
    assert figure.value == 12.0
    assert "12 communes connues sur 13" in figure.note
    assert "plus élevé" in figure.note


def test_a_sum_follows_its_parts_and_gives_way_to_an_official_value():
    world = make_world()
    indicator = make_indicator(additive=True)
    rows = [known(world.communes[0], 10.0), known(world.communes[1], 5.0)]
    save_values(by=SYSTEM, indicator=indicator, rows=rows)
    save_values(by=SYSTEM, indicator=indicator, rows=[known(world.communes[1], 6.0)])
    assert value_of(indicator, world.metropole).number == 16.0
    assert save_values(by=SYSTEM, indicator=indicator, rows=[known(world.metropole, 99.0)]) == Counts(1, 0, 0)
    save_values(by=SYSTEM, indicator=indicator, rows=[known(world.communes[1], 7.0)])
    official = value_of(indicator, world.metropole)
    assert (official.number, official.parts_total) == (99.0, None)


def test_a_median_is_never_summed_and_the_page_says_so():
    world = make_world()
    indicator = make_indicator("revenu-median", additive=False, unit="€")
    save_values(by=SYSTEM, indicator=indicator, rows=[known(commune, 20_000.0) for commune in world.communes])
    assert value_of(indicator, world.metropole) is None
    figure = figure_of(indicator, world.metropole)
    assert (figure.state, figure.value) == (State.UNAVAILABLE, None)
    assert "ne s’additionne pas" in figure.note


def test_zero_is_a_figure():
    world = make_world()
    indicator = make_indicator("qpv", additive=True)
    save_values(by=SYSTEM, indicator=indicator, rows=[known(commune, 0.0) for commune in world.communes])
    assert figure_of(indicator, world.saint_etienne).value == 0.0
    assert figure_of(indicator, world.metropole).value == 0.0


def test_old_codes_that_lead_to_one_commune():
    world = make_world()
    count, median = make_indicator("menages", additive=True), make_indicator("mediane")
    twice = [known(world.saint_etienne, 10.0), known(world.saint_etienne, 4.0)]
    save_values(by=SYSTEM, indicator=count, rows=twice)
    assert value_of(count, world.saint_etienne).number == 14.0
    save_values(by=SYSTEM, indicator=median, rows=twice)
    assert value_of(median, world.saint_etienne).state == State.UNAVAILABLE
    # The same line twice is one line, where adding has no meaning.
    save_values(by=SYSTEM, indicator=median, rows=[twice[0], twice[0]])
    assert value_of(median, world.saint_etienne).number == 10.0


def test_a_count_partly_secret_is_not_summed_within_a_commune():
    world = make_world()
    indicator = make_indicator(additive=True)
    rows = [known(world.saint_etienne, 10.0), (world.saint_etienne.pk, State.SECRET, None, "")]
    save_values(by=SYSTEM, indicator=indicator, rows=rows)
    assert value_of(indicator, world.saint_etienne).state == State.UNAVAILABLE


def test_a_city_is_the_sum_of_its_arrondissements():
    world = make_world()
    indicator = make_indicator(additive=True)
    for i in range(2):
        part = TerritoryFactory(level="arrondissement-municipal", code=f"4299{i}")
        put_in(part, world.saint_etienne, world.metropole, world.loire)
        save_values(by=SYSTEM, indicator=indicator, rows=[known(part, 50.0)])
    save_values(by=SYSTEM, indicator=indicator, rows=[known(world.communes[1], 1.0)])
    assert value_of(indicator, world.saint_etienne).number == 100.0
    assert value_of(indicator, world.metropole).number == 101.0


def test_indicator_is_saved_once():
    source = SourceFactory()
    data = {"slug": "x", "label": "X", "theme": "T", "source": source, "vintage": "2021"}
    assert save_indicator(by=SYSTEM, **data)[1] == "created"
    assert save_indicator(by=SYSTEM, **data)[1] == "unchanged"
    assert save_indicator(by=SYSTEM, **{**data, "label": "Y"})[1] == "updated"
    with pytest.raises(ValueError, match="s’additionner"):
        save_indicator(by=SYSTEM, **data, additive=True, kind=IndicatorKind.CATEGORY)


def test_only_the_secretariat_writes():
    world = make_world()
    with pytest.raises(PermissionDenied):
        save_values(by=UserFactory(), indicator=make_indicator(), rows=[known(world.saint_etienne, 1.0)])
    assert not Value.objects.exists()


def test_figures_cost_two_queries_however_many():
    world = make_world()
    for count in (1, 20):
        for i in range(count):
            indicator = make_indicator(f"i{count}-{i}")
            save_values(by=SYSTEM, indicator=indicator, rows=[known(world.saint_etienne, 1.0)])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            figures(world.saint_etienne)
        assert len(queries) == 2
