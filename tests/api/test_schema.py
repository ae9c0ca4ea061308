"""The API against its own schema: whatever is asked, no 5xx, and the answer is as published."""

import pytest
import schemathesis
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


@pytest.mark.django_db
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
