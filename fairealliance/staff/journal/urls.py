"""Addresses of the journal at the desk."""

from django.urls import path

from fairealliance.staff.journal import views

app_name = "staff_journal"
urlpatterns = [
    path("", views.index, name="index"),
]
