"""How often one visitor may share, so that nobody fills the base."""

from datetime import timedelta

from django.http import HttpRequest

from fairealliance.accounts import limits

MOST = 30
WINDOW = timedelta(minutes=10)


def may_share(request: HttpRequest) -> bool:
    """Counts this request; False beyond MOST in WINDOW, whichever process answers."""
    return limits.may("share", request, most=MOST, window=WINDOW)
