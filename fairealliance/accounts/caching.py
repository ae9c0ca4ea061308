"""What must be counted once for all processes and nodes goes to the database; the rest stays in memory.

allauth keeps its limits and the codes already used in the default cache. In memory, each process would count its own,
and a code could serve twice.
"""

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection
from django.utils import timezone

_SHARED = ("allauth", "jwt:")
SHARED_TABLE = "accounts_shared_cache"
_USED_CODE = "allauth.mfa.totp.used"


class RoutedCache(LocMemCache):
    """In memory, but for keys that all must share."""

    def add(self, key: str, *args: Any, **options: Any) -> bool:
        if key.startswith(_USED_CODE):
            # A code is good for a while before and after its time: it must stay used as long.
            options["timeout"] = settings.MFA_TOTP_PERIOD * (2 * settings.MFA_TOTP_TOLERANCE + 1)
        return bool(caches["shared"].add(key, *args, **options)) if _shared(key) else super().add(key, *args, **options)

    def get(self, key: str, *args: Any, **options: Any) -> Any:
        return caches["shared"].get(key, *args, **options) if _shared(key) else super().get(key, *args, **options)

    def set(self, key: str, *args: Any, **options: Any) -> None:
        if _shared(key):
            caches["shared"].set(key, *args, **options)
        else:
            super().set(key, *args, **options)

    def delete(self, key: str, *args: Any, **options: Any) -> bool:
        if _shared(key):
            return bool(caches["shared"].delete(key, *args, **options))
        return super().delete(key, *args, **options)


def _shared(key: str) -> bool:
    return key.startswith(_SHARED)


def digest_key(key: str, key_prefix: str, version: int) -> str:
    """Keys name addresses and mails: only a digest that needs our secret to be tried is kept."""
    told = f"{key_prefix}:{version}:{key}"
    return hmac.new(settings.SECRET_KEY.encode(), told.encode(), hashlib.sha256).hexdigest()


def forget() -> int:
    """What has expired."""
    table = connection.ops.quote_name(SHARED_TABLE)
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 -- our own table's name
        return int(cursor.rowcount)
