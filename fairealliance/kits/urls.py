"""Addresses of the kits room."""

from django.urls import path

from fairealliance.kits import views

app_name = "kits"
urlpatterns = [
    path("kit/", views.page, name="page"),
    path("kit.pdf", views.document, name="pdf"),
]
