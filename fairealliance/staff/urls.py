"""Addresses of the desk: the screens of each room, before Wagtail's own.

A room's screens live in `staff/<room>/`, whose `urls.py` has `app_name = "staff_<room>"`; one line each here.
"""

from django.urls import URLPattern, URLResolver, include, path, re_path

from fairealliance.accounts.views.leaving import logout
from fairealliance.staff import entrance, guide

urlpatterns: list[URLPattern | URLResolver] = [
    # Wagtail's own ways in, and out, are ours.
    path("login/", entrance.login, name="staff-login"),
    path("logout/", logout, name="staff-logout"),
    path("password_reset/", entrance.forgotten, name="staff-forgotten"),
    path("password_reset/<path:rest>", entrance.forgotten, name="staff-forgotten-rest"),
    path("account/", entrance.account, name="staff-account"),
    path("account/<path:rest>", entrance.account, name="staff-account-rest"),
    # Where Wagtail fails on a key that is no number, or on the root of the tree.
    re_path(r"^(?:[\w-]+/)+chosen/(?!\d{1,18}/)[^/]+/$", entrance.nowhere, name="staff-chosen-nowhere"),
    path("pages/1/set_position/", entrance.nowhere, name="staff-position-nowhere"),
    path("guide/", guide.page, name="staff-guide"),
    path("guide/<slug:name>.png", guide.picture, name="staff-guide-picture"),
    path("ressources/", include("fairealliance.staff.resources.urls")),
    path("audience/", include("fairealliance.staff.audience.urls")),
    path("imports/", include("fairealliance.staff.imports.urls")),
    path("contributions/", include("fairealliance.staff.contributions.urls")),
    path("organisations/", include("fairealliance.staff.organisations.urls")),
    path("catalyseurs/", include("fairealliance.staff.network.urls")),
    path("microdonnees/", include("fairealliance.staff.microdata.urls")),
    path("observatoire/", include("fairealliance.staff.observatory.urls")),
    path("equipe/", include("fairealliance.staff.team.urls")),
    path("courriels/", include("fairealliance.staff.mails.urls")),
    path("exposition/", include("fairealliance.staff.matching.urls")),
    path("journal/", include("fairealliance.staff.journal.urls")),
    path("feuille-de-route/", include("fairealliance.staff.roadmap.urls")),
]
