"""Addresses of a batch of things: `reverse` asked once for all of them."""

from collections.abc import Callable

from django.urls import reverse

_PK, _SLUG = 7_777_777_777, "a-slug-that-stands-for-another"


def addresses(name: str) -> Callable[[int, str], str]:
    """What gives `reverse(name, args=[pk, slug])`, for pages known by a number and a slug. Raises NoReverseMatch."""
    before, rest = reverse(name, args=[_PK, _SLUG]).split(str(_PK))
    between, after = rest.split(_SLUG)
    return lambda pk, slug: f"{before}{pk}{between}{slug}{after}"
