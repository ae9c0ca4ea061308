"""Addresses of the audience room."""

from django.urls import path

from fairealliance.audience import downloads, views

app_name = "audience"
urlpatterns = [
    path("", views.index, name="index"),
    path("mois.svg", views.chart, name="chart"),
    path("audience.csv", downloads.audience_csv, name="csv"),
    path("audience.json", downloads.audience_json, name="json"),
]
