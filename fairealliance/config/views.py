"""Health and error pages."""

import inspect
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fairealliance import __version__
from fairealliance.search import engine


def _only_reads(view: Callable[..., Any] | None) -> bool:
    """Whether `require_safe` guards it, directly or under other decorators."""
    while view is not None:
        methods = (
            inspect.getclosurevars(view).nonlocals.get("request_method_list") if inspect.isfunction(view) else None
        )
        if methods is not None:
            return "POST" not in methods
        view = getattr(view, "__wrapped__", None)
    return False


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, else 503; says what search is doing (a rebuild is not an outage)."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = "ok"
    except DatabaseError:
        database = "unavailable"
    return JsonResponse(
        {"status": database, "version": __version__, "database": database, "search": engine.status().value},
        status=200 if database == "ok" else 503,
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent from elsewhere, or one whose token is gone: the same page as any other refusal.

    A page that takes no form at all says so (405): its view refuses the method before it does anything.
    """
    if request.resolver_match and _only_reads(request.resolver_match.func):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return render(request, "403.html", status=403)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """There are as many sheets and searches as questions: robots read what they lead to."""
    closed = (
        "/agir/?",
        "/agir/fiche",
        "/recherche/?",
        "/api/v1/",
        "/gestion/",
        "/inscription/",
        "/connexion/",
        "/deconnexion/",
        "/courriel/",
        "/mot-de-passe/",
        "/compte/",
        "/mon-espace/",
        "/contribuer/cas/",
        "/contribuer/correction/",
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('pages:sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", "text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """What browsers ask for whatever pages say."""
    return redirect(static("design/favicon.svg"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": _("Quelque chose s’est cassé de notre côté.")}, status=500)
    return render(request, "500.html", status=500)
