"""Addresses of the observatory's screens, under /gestion/observatoire/."""

from django.urls import path

from fairealliance.staff.observatory import imports, series, views

app_name = "staff_observatory"
urlpatterns = [
    path("", views.studies, name="studies"),
    path("verifier/", views.check, name="check"),
    path("importer/", imports.import_file, name="import"),
    path("series/", series.series_list, name="series"),
    path("series/nouvelle/", series.edit, name="series-new"),
    path("series/modifier/<slug:slug>/", series.edit, name="series-edit"),
    path("series/supprimer/<slug:slug>/", series.remove, name="series-remove"),
    path("etudes/nouvelle/", views.edit, name="new"),
    path("etudes/modifier/<slug:slug>/", views.edit, name="edit"),
    path("etudes/apercu/<slug:slug>/", views.preview, name="preview"),
    path("etudes/exporter/<slug:slug>.xlsx", views.export, name="export"),
    path("etudes/changer/<slug:slug>/", views.change, name="change"),
]
