"""The API against its own schema: whatever is asked, no 5xx, and the answer is as published."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from fairealliance.api.v1 import api
from fairealliance.config.wsgi import application
from fairealliance.practices.models import Practice
from tests.search.fake_engine import FakeEngine

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
schema.app = application


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """A real request would close the connection that holds the test's transaction; Django's client sees to it too."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("_one_connection")
@schema.parametrize()
@settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    # The world does not change from one example to the next.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow],
)
def test_it_answers_as_published(case: schemathesis.Case, practice: Practice, search: FakeEngine) -> None:
    # Schemathesis reads in-process answers as they are: not compressed.
    case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})


@pytest.mark.django_db
def test_the_published_schema_is_the_one_checked(client: Client) -> None:
    assert client.get("/api/v1/openapi.json").json()["paths"].keys() == api.get_openapi_schema()["paths"].keys()
