"""Addresses of the practices room."""

from django.urls import path

from fairealliance.practices import views

app_name = "practices"
urlpatterns = [
    path("", views.index, name="index"),
    path("organisation/<int:pk>-<slug:slug>/", views.of_organisation, name="of-organisation"),
    path("ressource/<int:pk>-<slug:slug>/", views.of_resource, name="of-resource"),
    path("<int:pk>/", views.detail, name="by-number"),
    path("<int:pk>-<slug:slug>/", views.detail, name="detail"),
]
