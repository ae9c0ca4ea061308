"""Addresses of the API."""

from django.urls import path, re_path

from fairealliance.api import views
from fairealliance.api.v1 import api

# No `app_name`: the framework looks for its own namespace, `api-v1`, at the top.
urlpatterns = [
    path("v1/docs", views.docs, name="api-docs"),
    path("v1/openapi.json", views.schema, name="api-schema"),
    path("v1/", views.nothing_here, name="api-root"),
    path("v1/", api.urls),
    re_path(r"", views.nothing_here, name="api-nothing"),
]
