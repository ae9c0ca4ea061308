"""Addresses of /mises-en-relation/. What is somebody’s own is never cached."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import URLPattern, path, re_path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fairealliance.introductions.views import (
    accompanying,
    answers,
    asking,
    attached,
    following,
    leading,
    reading,
    writing,
)


def _path(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    return path(route, never_cache(view), name=name)


def _moved(name: str, **told: str) -> Callable[..., HttpResponse]:
    """What is told to all moved to the observatory."""
    return require_safe(lambda request: HttpResponsePermanentRedirect(reverse(name, kwargs=told)))


app_name = "introductions"
urlpatterns = [
    _path("", reading.mine, "mine"),
    _path("demander/", asking.ask, "ask"),
    _path("proposer/", asking.propose, "propose"),
    path("reponses/", answers.index, name="answers"),
    path("reponses.csv", answers.download, name="answers-file"),
    path("duree/", _moved("lasting:index"), name="durability"),
    path("duree.csv", _moved("lasting:file", extension="csv"), name="durability-file"),
    re_path(r"^suite/(?P<token>[-.~\w]{1,120})/$", never_cache(following.follow_up), name="follow-up"),
    _path("<int:pk>/", reading.detail, "detail"),
    _path("<int:pk>/ecrire/", writing.write, "write"),
    _path("<int:pk>/accepter/", leading.accept, "accept"),
    _path("<int:pk>/decliner/", leading.decline, "decline"),
    _path("<int:pk>/retirer/", leading.withdraw, "withdraw"),
    _path("<int:pk>/commencer/", leading.begin, "begin"),
    _path("<int:pk>/terminer/", leading.end, "end"),
    _path("<int:pk>/accompagner/", accompanying.accompany, "accompany"),
    _path("<int:pk>/fichiers/<uuid:key>/", attached.attachment, "attachment"),
]
