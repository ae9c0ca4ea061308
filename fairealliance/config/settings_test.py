"""Settings of the test suite: a home of its own, fast hashing, static files straight from the source."""

import os
import tempfile

os.environ.setdefault("DJANGO_SECRET_KEY", "for-tests-only")
os.environ["FAIREALLIANCE_HOME"] = os.environ.get("FAIREALLIANCE_TEST_HOME") or tempfile.mkdtemp(
    prefix="fairealliance-test-"
)
if test_database := os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = test_database
else:
    os.environ.pop("DATABASE_URL", None)

from fairealliance.config.settings import *  # noqa: F403
from fairealliance.config.settings import DATABASES, STORAGES, TEMPLATE_OPTIONS, TEMPLATES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
DATABASES["default"]["CONN_MAX_AGE"] = 0
if not test_database:
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # said, as pytest knows it for Django's own engine alone
AUDIENCE_FLUSH_SECONDS = 0  # tests write the counts themselves
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "long"]}}


class UnknownVariable(str):
    """Makes a template that names a variable nobody gave fail, instead of showing nothing."""

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"unknown template variable: {name}")


TEMPLATES[0] |= {"OPTIONS": TEMPLATE_OPTIONS | {"string_if_invalid": UnknownVariable()}}
