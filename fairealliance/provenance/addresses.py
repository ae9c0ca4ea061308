"""Addresses that last: the number finds the page, the words after it are for people."""

from django.http import HttpRequest, HttpResponsePermanentRedirect


def moved_to(request: HttpRequest, address: str) -> HttpResponsePermanentRedirect | None:
    """A 301 to `address` (query kept) when the page was asked under another one, else None."""
    if request.path == address:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
