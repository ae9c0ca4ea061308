"""Every address of the product. Each room brings its own."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as desk_urls
from wagtail.documents import urls as document_urls

from fairealliance.config import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("", include("fairealliance.design.urls")),
    path("", include("fairealliance.accounts.urls")),
    path("", include("fairealliance.mailing.urls")),
    path("", include("fairealliance.provenance.urls")),
    path("territoires/", include("fairealliance.territories.urls")),
    path("organisations/", include("fairealliance.organisations.urls")),
    path("mon-espace/organisations/", include("fairealliance.organisations.members.urls")),
    path("", include("fairealliance.needs.urls")),
    path("mon-espace/besoins/", include("fairealliance.needs.own_urls")),
    path("mon-espace/suggestions/", include("fairealliance.matching.urls")),
    path("catalyseurs/", include("fairealliance.network.urls")),
    path("mon-espace/", include("fairealliance.network.own_urls")),
    path("mises-en-relation/", include("fairealliance.introductions.urls")),
    path("ressources/", include("fairealliance.resources.urls")),
    path("pratiques/", include("fairealliance.practices.urls")),
    path("recherche/", include("fairealliance.search.urls")),
    path("audience/", include("fairealliance.audience.urls")),
    path("observatoire/", include("fairealliance.introductions.observatory_urls")),
    path("observatoire/", include("fairealliance.atlas.urls")),
    path("observatoire/", include("fairealliance.observatory.urls")),
    path("feuille-de-route/", include("fairealliance.roadmap.urls")),
    path("", include("fairealliance.reports.urls")),
    path("", include("fairealliance.matching.place_urls")),
    path("", include("fairealliance.kits.urls")),
    path("contribuer/", include("fairealliance.contributions.urls")),
    path("api/", include("fairealliance.api.urls")),
    path("", include("fairealliance.sheets.urls")),
    path("gestion/", include("fairealliance.staff.urls")),
    path("gestion/", include(desk_urls)),
    path("documents/", include(document_urls)),
    path("", include("fairealliance.pages.urls")),
    # Last: any other address may be that of an editorial page.
    path("", include(wagtail_urls)),
]
handler400 = "fairealliance.config.views.bad_request"
handler403 = "fairealliance.config.views.forbidden"
handler404 = "fairealliance.config.views.not_found"
handler429 = "fairealliance.config.views.too_many"
handler500 = "fairealliance.config.views.server_error"
