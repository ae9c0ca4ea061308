"""Addresses of /catalyseurs/."""

from django.urls import path

from fairealliance.network.views import directory

app_name = "network"
urlpatterns = [
    path("", directory.index, name="catalysts"),
    path("<int:pk>-<slug:slug>/", directory.detail, name="catalyst"),
]
