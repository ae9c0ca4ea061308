"""Addresses of /catalyseurs/."""

from django.urls import path

from fairealliance.network.views import coverage, directory

app_name = "network"
urlpatterns = [
    path("", directory.index, name="catalysts"),
    path("couverture/", coverage.page, name="coverage"),
    path("couverture.csv", coverage.file, name="coverage-csv"),
    path("<int:pk>-<slug:slug>/", directory.detail, name="catalyst"),
]
