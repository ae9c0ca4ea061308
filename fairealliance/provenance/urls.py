"""Addresses of the provenance room."""

from django.urls import path

from fairealliance.provenance import views

app_name = "provenance"
urlpatterns = [
    path("sources/", views.sources, name="sources"),
    path("licences/", views.licences, name="licences"),
    path("aide/", views.guide, name="guide"),
    path("aide/<slug:slug>/", views.guide_page, name="guide-page"),
]
