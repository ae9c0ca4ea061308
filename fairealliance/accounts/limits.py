"""How often one visitor may do a thing, counted in the database: the same whatever the process or the node.

No address is kept: the coarse address (/24, /48) is hashed with the secret key and the day, so that yesterday's
visitor cannot be told from today's, nor found again from what is stored. Counts go when their window is over.
"""

import hashlib
import hmac
import ipaddress
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from fairealliance.accounts.models import RateCount

_PREFIX = {4: 24, 6: 48}


def may(what: str, request: HttpRequest, *, most: int, window: timedelta) -> bool:
    """Counts this request; False beyond `most` in `window`."""
    return count(what, request, window=window) <= most


def count(what: str, request: HttpRequest, *, window: timedelta) -> int:
    """How many times this visitor did `what` in the present window, this one included."""
    return count_of(what, place(request), window=window)


def count_of(what: str, whom: str, *, window: timedelta) -> int:
    """The same for anything else that can be named: an address that is written to, a thing."""
    now = timezone.now()
    slot = int(now.timestamp() // window.total_seconds())
    bucket = _digest(f"{what}|{slot}|{whom}")
    RateCount.objects.get_or_create(bucket=bucket, defaults={"count": 0, "ends_at": now + window})
    RateCount.objects.filter(bucket=bucket).update(count=F("count") + 1)
    return RateCount.objects.values_list("count", flat=True).get(bucket=bucket)


def forget() -> int:
    """Counts of windows that are over."""
    removed, _by_model = RateCount.objects.filter(ends_at__lt=timezone.now()).delete()
    return removed


def place(request: HttpRequest) -> str:
    """The network the request came from. Behind our own proxy, the last address it wrote."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.BEHIND_PROXY and (told := request.META.get("HTTP_X_FORWARDED_FOR")):
        address = str(told).rsplit(",", 1)[-1].strip()
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "?"
    return str(ipaddress.ip_network(f"{ip}/{_PREFIX[ip.version]}", strict=False))


def _digest(text: str) -> str:
    day = timezone.now().date().isoformat()
    return hmac.new(f"{settings.SECRET_KEY}|{day}".encode(), text.encode(), hashlib.sha256).hexdigest()
