"""Addresses of the team: who enters the desk."""

from django.urls import path

from fairealliance.staff.team import views

app_name = "staff_team"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.person, name="person"),
]
