"""Addresses of the atlas room."""

from django.urls import path

from fairealliance.atlas import crossing_views, views

app_name = "atlas"
urlpatterns = [
    path("territoires/", views.index, name="index"),
    path("territoires/<slug:slug>.<str:form>", views.download, name="download"),
    path("territoires/<slug:slug>/", views.indicator, name="indicator"),
    path("croiser/", crossing_views.cross, name="cross"),
    path("croiser.<str:form>", crossing_views.download, name="cross-download"),
]
