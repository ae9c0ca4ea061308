"""Where the files of proposals are kept, and how many one may hold."""

from pathlib import Path

from django.conf import settings

MOST_PHOTOS, MOST_DOCUMENTS = 8, 4


def folder() -> Path:
    return Path(settings.FAIREALLIANCE_HOME) / "media" / "contributions"
