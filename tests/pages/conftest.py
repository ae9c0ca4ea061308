"""The page tree as `prepare` makes it, an index that follows it, pictures of a few dots."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from fairealliance.accounts.actors import SYSTEM
from fairealliance.pages import starter
from fairealliance.pages.models import ArticlePage, RubricPage
from fairealliance.search import follow

MakeArticle = Callable[..., ArticlePage]


@pytest.fixture(autouse=True)
def _fresh(settings: Any, tmp_path: Path) -> None:
    cache.clear()
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def tree(db: None) -> None:
    starter.load(by=SYSTEM)


@pytest.fixture
def make_article(tree: None) -> MakeArticle:
    """Published under a rubric."""

    def make(title: str, rubric: str = "actualites", **fields: Any) -> ArticlePage:
        told = {"lead": "En deux mots.", "date": date(2026, 11, 3), **fields}
        page = ArticlePage(title=title, **told)
        RubricPage.objects.get(rubric=rubric).add_child(instance=page)
        page.save_revision().publish()
        return page

    return make


@pytest.fixture
def indexed(tree: None) -> Callable[[], object]:
    """Bring the index up to the outbox, as the worker does."""
    return follow.run_once


def png(width: int = 40, height: int = 30, name: str = "photo.png") -> SimpleUploadedFile:
    kept = BytesIO()
    Image.new("RGB", (width, height), "teal").save(kept, "PNG")
    return SimpleUploadedFile(name, kept.getvalue(), "image/png")
