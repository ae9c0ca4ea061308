"""Addresses of /mon-espace/organisations/: for whom one acts. None is ever cached."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path, re_path
from django.views.decorators.cache import never_cache

from fairealliance.organisations.members.views import creating, invited, joining, leaving, profile, team


def _path(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    return path(route, never_cache(view), name=name)


app_name = "members"
urlpatterns = [
    _path("", joining.mine, "mine"),
    _path("rejoindre/", joining.find, "find"),
    _path("creer/", creating.create, "create"),
    _path("<int:pk>/rejoindre/", joining.join, "join"),
    _path("<int:pk>/rejoindre/code/", joining.send_code, "send-code"),
    _path("demandes/<int:pk>/code/", joining.code, "code"),
    _path("demandes/<int:pk>/retirer/", joining.withdraw, "withdraw"),
    _path("<int:pk>/equipe/", team.team, "team"),
    _path("<int:pk>/equipe/<int:member>/role/", team.role, "role"),
    _path("<int:pk>/equipe/<int:member>/retirer/", team.remove, "remove"),
    _path("<int:pk>/invitations/<int:invitation>/annuler/", team.cancel, "cancel-invitation"),
    _path("<int:pk>/fiche/", profile.profile, "profile"),
    _path("<int:pk>/fiche/<slug:slug>/", profile.section, "section"),
    _path("<int:pk>/lieux/", profile.sites, "sites"),
    _path("<int:pk>/lieux/<int:site>/retirer/", profile.remove_site, "remove-site"),
    _path("<int:pk>/quitter/", leaving.leave, "leave"),
    _path("<int:pk>/confier/", leaving.entrust, "entrust"),
    re_path(r"^invitation/(?P<token>[-:\w]{1,80})/$", never_cache(invited.invitation), name="invitation"),
]
