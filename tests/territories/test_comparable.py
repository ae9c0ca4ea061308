"""The territories most like one: what draws near, what is missing, what the mayor weighs."""

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from fairealliance.accounts.actors import SYSTEM
from fairealliance.territories import slugs
from fairealliance.territories.actions import load_reference, save_values
from fairealliance.territories.comparable import clean_weights, compare, nearest
from fairealliance.territories.enums import State
from fairealliance.territories.models import Territory
from fairealliance.territories.traits import GROUPS
from tests.factories import TerritoryFactory
from tests.territories.world import make_indicator, make_world

ONLY_SIZE = dict.fromkeys(GROUPS, 0) | {"taille": 3}


def save(slug: str, values: dict[Territory, float | str | None], **fields: object) -> None:
    rows = []
    for territory, value in values.items():
        if value is None:
            rows.append((territory.pk, State.SECRET, None, ""))
        elif isinstance(value, str):
            rows.append((territory.pk, State.KNOWN, None, value))
        else:
            rows.append((territory.pk, State.KNOWN, value, ""))
    save_values(by=SYSTEM, indicator=make_indicator(slug, **fields), rows=rows)


def towns(*populations: int) -> list[Territory]:
    return [TerritoryFactory(population=population) for population in populations]


def names(found) -> list[str]:
    return [neighbour.territory_ref for neighbour in found]


@pytest.mark.django_db
def test_like_sizes_draw_near():
    own, twin, close, far = towns(4000, 4100, 5200, 90_000)
    found = nearest(own)
    assert names(found) == [twin.ref, close.ref, far.ref]
    assert found[0].distance < found[1].distance < found[2].distance
    assert found[0].traits == ["même taille\u00a0: 4\u202f100 habitants"]
    assert found[2].traits == [], "nothing brings them together, and nothing is claimed"


@pytest.mark.django_db
def test_weights_change_who_is_near():
    own, same_size, same_income, *_others = group = towns(4000, 4000, 9000, 500, 60_000)
    save(slugs.MEDIAN_INCOME, dict(zip(group, [20_000.0, 31_000.0, 20_000.0, 24_000.0, 28_000.0], strict=True)))
    assert names(nearest(own, weights=ONLY_SIZE))[0] == same_size.ref
    assert names(nearest(own, weights={"taille": 0, "revenus": 3}))[0] == same_income.ref
    assert (
        "même revenu médian\u00a0: 20\u202f000\u00a0€ par an"
        in nearest(own, weights={"taille": 0, "revenus": 3})[0].traits
    )


@pytest.mark.django_db
def test_what_is_unknown_is_said_and_costs():
    own, known, secret = towns(4000, 4000, 4000)
    save(slugs.POVERTY_RATE, {own: 14.0, known: 14.2, secret: None, TerritoryFactory(population=70_000): 40.0})
    found = nearest(own)
    assert names(found)[:2] == [known.ref, secret.ref]
    assert found[0].distance < 0.1
    blind = compare(secret)
    assert ("taux de pauvreté", "secret statistique") in blind.left_out
    assert "population" in blind.compared_on
    assert any(label == "revenu médian" and "pas encore importés" in why for label, why in blind.left_out)


@pytest.mark.django_db
def test_too_little_in_common_is_no_likeness():
    own, like, _far = towns(4000, 4000, 90_000)
    unknown = TerritoryFactory(population=None, latitude=None, longitude=None)
    assert names(nearest(own))[0] == like.ref
    assert unknown.ref not in names(nearest(own))


@pytest.mark.django_db
def test_weights_are_checked():
    assert clean_weights(None)["taille"] == 2
    with pytest.raises(ValueError, match="n’est pas un critère"):
        clean_weights({"richesse": 1})
    with pytest.raises(ValueError, match="de 0"):
        clean_weights({"taille": 4})
    with pytest.raises(ValueError, match="au moins un"):
        clean_weights(dict.fromkeys(GROUPS, 0))


@pytest.mark.django_db
def test_a_lone_territory_and_a_country_have_nobody():
    assert nearest(towns(4000)[0]) == []
    assert nearest(make_world().france) == []


@pytest.mark.django_db
def test_median_of_communes_is_never_used_for_their_epci():
    world = make_world()
    save(slugs.MEDIAN_INCOME, dict.fromkeys(world.communes, 20_000.0))
    seen = compare(world.metropole)
    assert "revenu médian" not in seen.compared_on
    assert ("revenu médian", "pas de chiffre officiel à cette échelle") in seen.left_out


class OnBareGeography(TestCase):
    """What `make run` gives, before any import of figures."""

    @classmethod
    def setUpTestData(cls) -> None:
        load_reference(by=SYSTEM)

    def test_every_level_has_its_like(self):
        for ref in ("commune:42218", "commune:01001", "epci:244200770", "departement:42", "region:84", "ept:200057982"):
            territory = Territory.objects.resolve(ref)
            found = nearest(territory, limit=5)
            assert len(found) == 5, ref
            assert {n.territory_ref.split(":")[0] for n in found} == {territory.level}
            assert territory.ref not in names(found)
            assert all(len(n.traits) <= 3 for n in found)
            assert found[0].traits, ref

    def test_a_big_city_is_like_big_cities(self):
        populations = [n.population or 0 for n in nearest(Territory.objects.resolve("commune:42218"))]
        assert min(populations) > 60_000

    def test_overseas_is_like_overseas_first(self):
        assert nearest(Territory.objects.resolve("region:01"), limit=1)[0].territory_ref in {
            "region:02",
            "region:04",
            "region:03",
        }

    def test_nearness_counts_when_asked(self):
        own = Territory.objects.resolve("commune:42147")
        near = nearest(own, weights={"proximite": 3}, limit=5)
        assert any(trait.startswith("à ") and trait.endswith(" km") for n in near for trait in n.traits)

    def test_one_query_once_in_memory(self):
        own = Territory.objects.resolve("commune:42218")
        nearest(own)
        with CaptureQueriesContext(connection) as queries:
            nearest(own)
        assert len(queries) == 1
