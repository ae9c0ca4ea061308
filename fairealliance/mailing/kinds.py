"""What one can be told about: each room registers its kinds in `AppConfig.ready`.

kinds.register(Kind("introductions", _("Mises en relation"), _("Quelqu’un vous écrit…"), Rhythm.AT_ONCE))
"""

from dataclasses import dataclass
from typing import Any

from fairealliance.mailing.enums import Rhythm


@dataclass(frozen=True, slots=True)
class Kind:
    """`label` and `text` in French, for the page of preferences; `rhythm` until the person chooses another."""

    slug: str
    label: Any
    text: Any
    rhythm: Rhythm = Rhythm.AT_ONCE


_known: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Registered again under one slug, the last one holds."""
    _known[kind.slug] = kind


def known() -> list[Kind]:
    return [_known[slug] for slug in sorted(_known)]


def get(slug: str) -> Kind:
    """Raises KeyError for a kind that no room registered."""
    return _known[slug]
