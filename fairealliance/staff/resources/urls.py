"""Addresses of resources at the desk."""

from django.urls import path

from fairealliance.staff.resources import collections, links, views

app_name = "staff_resources"
urlpatterns = [
    path("", views.index, name="index"),
    path("nouvelle/", views.create, name="create"),
    path("<int:pk>/", views.edit, name="edit"),
    path("liens/", links.index, name="links"),
    path("liens/<int:pk>/geste/", links.decide, name="decide"),
    path("collections/", collections.index, name="collections"),
    path("collections/nouvelle/", collections.create, name="collection-create"),
    path("collections/<slug:slug>/", collections.edit, name="collection"),
    path("collections/<slug:slug>/supprimer/", collections.delete, name="collection-delete"),
]
