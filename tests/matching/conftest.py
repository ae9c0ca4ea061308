"""What is kept in memory is forgotten between tests, and looked at again at each question."""

import pytest
from django.core.cache import cache

from fairealliance.matching import live as live_module
from fairealliance.matching import loader
from fairealliance.matching.live import live


@pytest.fixture(autouse=True)
def _anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_module, "_LOOK_EVERY", 0.0)
    monkeypatch.setattr(live_module, "_CASES_EVERY", 0.0)
    monkeypatch.setattr(live, "_cases", None)
    live.forget()
    loader.geography.forget()
    cache.clear()
