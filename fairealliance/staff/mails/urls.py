"""Addresses of mails at the desk."""

from django.urls import path

from fairealliance.staff.mails import views

app_name = "staff_mails"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/renvoyer/", views.again, name="again"),
]
