"""The world of these tests is made once for each of them: they ask many things of it, and every request is undone."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches

from fairealliance.config.settings import TEMPLATE_OPTIONS
from tests.access import world
from tests.access.asking import Asking


@pytest.fixture
def asking(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asking]:
    """Whoever asks anything of the product, in that world."""
    settings.MEDIA_ROOT = tmp_path / "media"
    # Wagtail's own templates name variables nobody gives; what documents look like is tried elsewhere.
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": {**TEMPLATE_OPTIONS}}]
    monkeypatch.setattr("typst.compile", lambda *args, **options: b"%PDF-1.7 essai")
    monkeypatch.setattr("fairealliance.roadmap.progress.word.render", lambda *args: b"PK essai")
    for cache in caches.all(initialized_only=True):
        cache.clear()
    logging.disable(logging.CRITICAL)  # thousands of refusals are no news
    yield Asking(world.build())
    # Not by setting the level aside: each logger remembers what it was told it may say.
    logging.disable(logging.NOTSET)
