"""Rows in and out, with values that are hard to quote."""

from typing import Any

import pytest
from django.db import connection

from fairealliance.lib import bulk
from fairealliance.practices.models import PracticePartner
from fairealliance.provenance.models import Source
from fairealliance.resources.models import Resource
from tests.factories import PracticeFactory

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


@pytest.mark.parametrize("pick", [slice(None), slice(3, 9), slice(None, None, 2), slice(None, None, -1), slice(4, 5)])
def test_ids_that_follow_each_other_and_those_that_do_not_find_the_same(pick: slice) -> None:
    bulk.insert(Source, ("slug", "label"), [(f"s{n:02}", "x") for n in range(12)])
    wanted = list(Source.objects.order_by("pk").values_list("pk", flat=True))[pick]
    assert sorted(bulk.select_in(Source, ("id",), "id", wanted)) == sorted((pk,) for pk in wanted)
    assert bulk.select_in(Source, ("id",), "id", wanted, "slug = %s", ["s04"]) == [
        (pk,) for pk in wanted if Source.objects.get(pk=pk).slug == "s04"
    ]
    bulk.delete_in(Source, "id", wanted)
    assert Source.objects.count() == 12 - len(wanted)
    assert not Source.objects.filter(pk__in=wanted).exists()


def test_ids_that_follow_each_other_are_one_question_however_many(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert bulk.select_in(Source, ("id",), "id", range(1, 9_001)) == []


def test_all_rows_come_in_order_of_id() -> None:
    bulk.insert(Source, ("slug", "label"), [("z", "a"), ("y", "b")])
    assert [slug for _id, slug in bulk.select_all(Source, ("id", "slug"))] == ["z", "y"]
    assert bulk.select_all(Resource, ("id",)) == []


def test_nothing_to_do_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        bulk.insert(Source, ("slug",), [])
        bulk.update(Source, ("slug",), [])
        bulk.delete_in(Source, "slug", [])
        assert bulk.select_in(Source, ("id",), "slug", []) == []


@pytest.mark.parametrize("count", [0, 1, 24, 25, 26, 75, 103])
def test_all_are_inserted_in_order(count: int) -> None:
    practice = PracticeFactory()
    rows = [(practice.pk, f"Partenaire {n} % d’ici", "") for n in range(count)]
    bulk.insert(PracticePartner, ("practice_id", "name", "role"), rows, constants={"sphere": "etat", "amount": None})
    held = PracticePartner.objects.order_by("pk").values_list("practice_id", "name", "role", "sphere", "amount")
    assert list(held) == [(*row, "etat", None) for row in rows]


def test_conflicts_are_passed_over_within_a_statement_and_with_what_is_there() -> None:
    practice = PracticeFactory()
    once = "ON CONFLICT (practice_id, name, role) DO NOTHING"
    rows = [(practice.pk, f"Partenaire {n % 20}", "", "etat") for n in range(40)]
    for _time in range(2):
        bulk.insert(PracticePartner, ("practice_id", "name", "role", "sphere"), rows, on_conflict=once)
    assert PracticePartner.objects.count() == 20


def test_several_rows_a_statement() -> None:
    practice = PracticeFactory()
    statements: list[int] = []

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(len(params) if many else 1)
        return execute(sql, params, many, context)

    rows = [(practice.pk, f"Partenaire {n}") for n in range(110)]
    with connection.execute_wrapper(counted):
        bulk.insert(PracticePartner, ("practice_id", "name"), rows)
    assert sum(statements) < len(rows) / 5
