"""Addresses of what this room tells in the observatory."""

from django.urls import path, re_path

from fairealliance.introductions.views import lasting

app_name = "lasting"
urlpatterns = [
    path("alliances/", lasting.index, name="index"),
    re_path(r"^alliances\.(?P<extension>svg|png|csv|json|xlsx)$", lasting.file, name="file"),
]
