"""Addresses of the resources room."""

from django.urls import path

from fairealliance.resources import views

app_name = "resources"
urlpatterns = [
    path("", views.index, name="index"),
    path("collections/", views.collections, name="collections"),
    path("collections/<slug:slug>/", views.collection, name="collection"),
    path("organisation/<int:pk>-<slug:slug>/", views.of_organisation, name="of-organisation"),
    path("<int:pk>/", views.detail, name="by-number"),
    path("<int:pk>-<slug:slug>/", views.detail, name="detail"),
]
