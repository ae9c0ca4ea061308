"""The table itself: whole, without idle rows, asked by every request, told by the command."""

import json
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.checks import run_checks
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from fairealliance.config.access.checks import check_table, faults, unclassified
from fairealliance.config.access.roles import EVERYONE, SIGNED_IN, Role, may_hold
from fairealliance.config.access.routes import routes
from fairealliance.config.access.rows import TABLE
from fairealliance.config.access.table import METHODS, Row, Table, Thing, reads
from fairealliance.config.management.commands import permissions
from fairealliance.config.urls import urlpatterns
from tests.factories import UserFactory


def nobody_told(request: HttpRequest) -> HttpResponse:
    return HttpResponse("seen")


class Unclassified:
    """The project's addresses and two more: one with a name, one without."""

    urlpatterns = [
        path("oublie/", nobody_told, name="forgotten"),
        path("oublie-aussi/", nobody_told),
        *urlpatterns,
    ]


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert faults(TABLE, routes()) == []
    assert [message for message in run_checks() if message.id and message.id.startswith("access.")] == []


def test_a_route_without_a_row_stops_the_build() -> None:
    found = unclassified(TABLE, routes(Unclassified))
    assert [route.name for route in found] == ["forgotten", "tests.access.test_table.nobody_told"]
    assert any("forgotten (/oublie/) has no row" in fault for fault in faults(TABLE, routes(Unclassified)))


def test_a_name_in_two_spaces_is_two_routes() -> None:
    inner = ([path("", nobody_told, name="index")], "inner")
    patterns = (path("a/", include(inner, namespace="a")), path("b/", include(inner)))
    assert [(route.name, route.path) for route in routes(patterns)] == [("a:index", "/a/"), ("inner:index", "/b/")]


def test_what_is_wrong_with_a_table_is_told() -> None:
    thing = Thing("thing", ("open",))
    row = Row("forgotten gone", (reads(EVERYONE, "closed"),), of=thing)
    told = faults(Table((*TABLE.rows, row, row)), routes(Unclassified))
    assert "gone has a row and no route" in told
    assert "gone has two rows" in told
    assert "forgotten: thing has no state “closed”" in told


def test_a_table_that_nobody_asks_is_told(settings: Any) -> None:
    ours = "fairealliance.config.access.middleware.AccessMiddleware"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != ours]
    assert [message.id for message in check_table()] == ["access.E002"]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, ours]
    assert [message.id for message in check_table()] == ["access.E002"]


@pytest.mark.django_db
def test_a_route_without_a_row_is_nowhere(settings: Any) -> None:
    settings.ROOT_URLCONF = Unclassified
    editor = Client()
    editor.force_login(UserFactory(is_secretariat=True))
    for client in (Client(), editor):
        assert client.get("/oublie/").status_code == 404
        assert client.get("/oublie-aussi/").status_code == 404


@pytest.mark.django_db
def test_methods_without_a_rule_are_refused_before_the_token_of_forms() -> None:
    client = Client(enforce_csrf_checks=True)
    refused = client.post("/licences/")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("permissions", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_tells_every_cell() -> None:
    told = json.loads(said("--json"))
    known = routes()
    assert told["ok"] is True
    assert told["unclassified"] == []
    assert {cell["route"] for cell in told["cells"]} == {route.name for route in known}
    states = {route: TABLE.row(route.name).states for route in known}  # type: ignore[union-attr]
    assert len(told["cells"]) == sum(len(each) for each in states.values()) * len(Role) * len(METHODS)
    allowed = {
        (cell["role"], cell["state"])
        for cell in told["cells"]
        if (cell["route"], cell["method"], cell["allowed"]) == ("observatory:study", "GET", True)
    }
    assert allowed == {(role.value, "published") for role in Role}


def test_the_command_fails_on_a_route_without_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permissions, "routes", lambda: routes(Unclassified))
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("permissions", "--json", stdout=out)
    assert ended.value.code == 1
    told = json.loads(out.getvalue())
    assert told["ok"] is False
    assert [each["path"] for each in told["unclassified"]] == ["/oublie/", "/oublie-aussi/"]
    with pytest.raises(SystemExit):
        call_command("permissions", stdout=out)
    assert "SANS LIGNE : forgotten  /oublie/" in out.getvalue()


def test_words_for_people() -> None:
    told = said()
    assert "resources:collection  /ressources/collections/<slug:slug>/" in told
    assert "GET HEAD : tous si collection published" in told
    assert "0\u00a0adresse sans ligne." in told


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "held"),
    [
        ({}, {Role.MEMBER, Role.CORRESPONDENT}),
        ({"is_active": False}, {Role.PUBLIC}),
        ({"is_secretariat": True, "proven": False}, {Role.MEMBER, Role.UNPROVEN}),
        ({"is_secretariat": True}, {Role.MEMBER, Role.CORRESPONDENT, Role.WRITER, Role.SECRETARIAT}),
        ({"is_superuser": True}, {Role.MEMBER, Role.UNPROVEN}),
    ],
)
def test_roles_are_facts(facts: dict[str, Any], held: set[Role]) -> None:
    person = UserFactory(**facts)
    assert {role for role in Role if may_hold(person, frozenset({role}))} == held | {Role.HOLDER}


def test_visitors_are_the_public() -> None:
    person = AnonymousUser()
    assert {role for role in Role if may_hold(person, frozenset({role}))} == {Role.PUBLIC, Role.HOLDER}
    assert may_hold(person, EVERYONE)
    assert not may_hold(person, SIGNED_IN)
