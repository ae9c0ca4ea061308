"""Health and error pages."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fairealliance import __version__
from fairealliance.search import engine


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
    """A form sent from elsewhere, or one whose token is gone: the same page as any other refusal."""
    return render(request, "403.html", status=403)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """There are as many sheets and searches as questions: robots read what they lead to."""
    closed = ("/agir/?", "/agir/fiche", "/recherche/?", "/api/v1/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", "text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": _("Quelque chose s’est cassé de notre côté.")}, status=500)
    return render(request, "500.html", status=500)
