"""Rows in and out, with values that are hard to quote."""

import pytest

from fairealliance.lib import bulk
from fairealliance.provenance.models import Source
from fairealliance.resources.models import Resource

pytestmark = pytest.mark.django_db


def test_columns_not_given_get_the_models_defaults():
    now = bulk.now()
    bulk.insert(Resource, ("title", "kind"), [("Un", "kit")], constants={"created_at": now, "updated_at": now})
    made = Resource.objects.get()
    assert (made.language, made.goals, made.summary, made.year, made.is_demo) == ("fr", [], "", None, False)
    assert made.created_at is not None


@pytest.mark.parametrize("text", ["l'école", "100 % %s", '"', "\\", "é’", ""])
def test_constants_are_quoted(text):
    bulk.insert(Source, ("slug",), [("a",), ("b",)], constants={"label": text, "is_demo": True})
    assert set(Source.objects.values_list("label", "is_demo")) == {(text, True)}


def test_many_values_are_asked_in_several_questions_and_all_found(django_assert_num_queries):
    bulk.insert(Source, ("slug", "label"), [(f"s{n}", "x") for n in range(2_500)])
    with django_assert_num_queries(2):
        found = bulk.select_in(Source, ("slug",), "slug", [f"s{n}" for n in range(2_500)], "label = %s", ["x"])
    assert len(found) == 2_500
    bulk.update(Source, ("label",), [("y", pk) for (pk,) in bulk.select_in(Source, ("id",), "slug", ["s1"])])
    assert Source.objects.get(slug="s1").label == "y"
    bulk.delete_in(Source, "slug", ["s1", "s2"])
    assert Source.objects.count() == 2_498


def test_nothing_to_do_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        bulk.insert(Source, ("slug",), [])
        bulk.update(Source, ("slug",), [])
        bulk.delete_in(Source, "slug", [])
        assert bulk.select_in(Source, ("id",), "slug", []) == []
