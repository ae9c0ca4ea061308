"""Every address of the product. Each room brings its own."""

from django.urls import include, path

from fairealliance.config import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("", include("fairealliance.design.urls")),
    path("", include("fairealliance.provenance.urls")),
    path("territoires/", include("fairealliance.territories.urls")),
    path("organisations/", include("fairealliance.organisations.urls")),
    path("ressources/", include("fairealliance.resources.urls")),
    path("pratiques/", include("fairealliance.practices.urls")),
    path("recherche/", include("fairealliance.search.urls")),
    path("api/", include("fairealliance.api.urls")),
    path("", include("fairealliance.sheets.urls")),
]
handler400 = "fairealliance.config.views.bad_request"
handler403 = "fairealliance.config.views.forbidden"
handler404 = "fairealliance.config.views.not_found"
handler500 = "fairealliance.config.views.server_error"
