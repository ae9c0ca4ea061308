"""How often one address may share, so that nobody fills the base. Kept in the cache, per process."""

from django.core.cache import cache
from django.http import HttpRequest

MOST = 30
WINDOW_SECONDS = 600


def may_share(request: HttpRequest) -> bool:
    """Counts this request; False beyond MOST in WINDOW_SECONDS."""
    key = f"sheets.share.{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key) <= MOST
    except ValueError:  # it expired between the two lines
        return True
