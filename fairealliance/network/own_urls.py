"""Addresses of /mon-espace/: one's profile of a catalyst, and requests for support. None is ever cached."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from fairealliance.network.views import profile, support


def _path(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    return path(route, never_cache(view), name=name)


app_name = "my_network"
urlpatterns = [
    _path("catalyseur/", profile.profile, "profile"),
    _path("catalyseur/accord/", profile.consent, "consent"),
    _path("catalyseur/supprimer/", profile.remove, "remove"),
    _path("appuis/", support.mine, "requests"),
    _path("appuis/mediation/", support.mediated, "mediated"),
    _path("appuis/demander/", support.ask, "ask"),
    _path("appuis/<int:pk>/", support.detail, "request"),
    _path("appuis/<int:pk>/<slug:act>/", support.answer, "answer"),
]
