"""Addresses of /mon-espace/besoins/: what one's organisations seek and bring. None is ever cached."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from fairealliance.needs.views import leading, writing


def _path(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    return path(route, never_cache(view), name=name)


app_name = "my_needs"
urlpatterns = [
    _path("", leading.mine, "mine"),
    _path("ecrire/", writing.begin, "begin"),
    _path("<int:pk>/", writing.edit, "edit"),
    _path("<int:pk>/enregistrer/", writing.autosave, "autosave"),
    _path("<int:pk>/relire/", writing.review, "review"),
    _path("<int:pk>/publier/", writing.publish, "publish"),
    _path("<int:pk>/jeter/", writing.discard, "discard"),
    _path("<int:pk>/etat/<slug:act>/", leading.state, "state"),
]
