"""Addresses of suggestions at the desk."""

from django.urls import path

from fairealliance.staff.matching import views

app_name = "staff_matching"
urlpatterns = [
    path("", views.exposure, name="exposure"),
]
