"""Addresses of /mon-espace/suggestions/. None is ever cached."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from fairealliance.matching import place_views, views


def _path(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    return path(route, never_cache(view), name=name)


app_name = "suggestions"
urlpatterns = [
    _path("", views.mine, "mine"),
    _path("territoire/", place_views.where_one_helps, "where-one-helps"),
    _path("<int:pk>/", views.of_organisation, "of-organisation"),
    _path("<int:pk>/ecartees/", views.refused, "refused"),
    _path("<int:pk>/ecarter/<int:other>/", views.refuse, "refuse"),
    _path("<int:pk>/reprendre/<int:other>/", views.restore, "restore"),
]
