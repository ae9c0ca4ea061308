"""The desk's own policy: Wagtail's screens write styles and small scripts into their pages, and frame previews.

Why scripts cannot be told apart by nonces: docs/adr/0022-scripts-of-the-desk.md.
"""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

DESK = "/gestion/"
FRAMED = {"frame-ancestors": [SELF]}
POLICY = {
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    **FRAMED,
}
WAGTAIL_POLICY = {**POLICY, "script-src": [SELF, UNSAFE_INLINE]}


class DeskPolicyMiddleware:
    """Relaxed under /gestion/ only, and for scripts on Wagtail's screens only: ours, which show what anyone sends us,
    run no script written in the page. Every public page keeps the strict policy; its preview too, framed by the desk.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(DESK):
            response._csp_replace = POLICY if _is_ours(request) else WAGTAIL_POLICY  # type: ignore[attr-defined]  # read by django-csp
            if not response.has_header("Cache-Control"):
                # Kept on no way, and asked again; going back still shows what one was typing.
                patch_cache_control(response, private=True, no_cache=True)
        elif getattr(request, "is_preview", False):  # Wagtail asks for the page at its public address
            response._csp_replace = FRAMED  # type: ignore[attr-defined]  # read by django-csp
        return response


def _is_ours(request: HttpRequest) -> bool:
    """A screen of `staff/<room>/`, or an address that leads nowhere."""
    match = request.resolver_match
    return match is None or any(name.startswith("staff_") for name in match.app_names)
