"""What every test shares."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from fairealliance.territories.editions import forget_undated


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real open data. Without it tests are skipped; under CI, or when it was named, they fail."""
    folder = settings.FAIREALLIANCE_CORPUS
    if not (folder / "SOURCES.md").exists():
        message = f"no corpus at {folder} (set FAIREALLIANCE_CORPUS)"
        if os.environ.get("CI") or os.environ.get("FAIREALLIANCE_CORPUS"):
            pytest.fail(message)
        pytest.skip(message)
    return folder


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path: Path) -> None:
    """Each test has its own state folder: nothing of one leaks into another."""
    settings.FAIREALLIANCE_HOME = tmp_path
    settings.SEARCH_INDEX = tmp_path / "index"
    # Territories made by factories have no Edition: what was built from another test's would still hold.
    forget_undated()
