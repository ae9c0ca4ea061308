"""The chain of entries: what is hashed, and how. Knows no database.

Each entry hashes its own content and the hash before it: whoever changes, inserts, removes or moves one breaks what
follows. Hashed is never a name nor a detail, but a salted digest of them: once the salt is gone, nobody can find
what was there, and the chain still holds.

The head (how many entries, and the last hash) is signed with a key that is not in the database: whoever writes the
whole chain anew, or cuts its end, cannot sign it.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

GENESIS = "0" * 64
_FORM = "fairealliance-journal-1"


@dataclass(frozen=True, slots=True)
class Content:
    """All of an entry that is hashed. `at` is aware; `author` and `detail` are references, not words."""

    sequence: int
    at: datetime
    author: str
    verb: str
    subject: str
    detail: str
    before: str
    after: str


def canonical(value: Any) -> str:
    """One JSON text per value, whatever the order of its keys; ASCII, so that every database gives it back as it was.

    Raises ValueError or TypeError for what JSON cannot tell (NaN, objects).
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def entry_hash(content: Content, previous: str) -> str:
    """Over a JSON list: no field can pass for its neighbour."""
    told = (
        _FORM,
        content.sequence,
        content.at.astimezone(UTC).isoformat(timespec="microseconds"),
        content.author,
        content.verb,
        content.subject,
        content.detail,
        content.before,
        content.after,
        previous,
    )
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def detail_digest(salt: str, text: str) -> str:
    """What the chain knows of a detail."""
    return hashlib.sha256(f"detail|{salt}|{text}".encode()).hexdigest()


def author_reference(salt: str, user_id: int | None, label: str) -> str:
    """What the chain knows of an author: random for whoever has not the salt."""
    return hashlib.sha256(json.dumps(("author", salt, user_id, label)).encode()).hexdigest()


def signed(count: int, tip: str) -> str:
    """The signature of a head, with today's key."""
    return _mac(_keys()[0], count, tip)


def is_signed(mac: str, count: int, tip: str) -> bool:
    """Whether today's key, or one it replaced, made `mac`."""
    return any(hmac.compare_digest(mac, _mac(key, count, tip)) for key in _keys())


def _mac(key: str, count: int, tip: str) -> str:
    return hmac.new(f"{_FORM}|{key}".encode(), f"{count}|{tip}".encode(), hashlib.sha256).hexdigest()


def _keys() -> list[str]:
    own = [settings.JOURNAL_KEY] if settings.JOURNAL_KEY else []
    return [*own, settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
