"""Addresses of the organisations room."""

from django.urls import path

from fairealliance.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.index, name="index"),
    path("suggestions", views.suggestions, name="suggestions"),
    path("<int:pk>/", views.detail, name="by-number"),
    path("<int:pk>-<slug:slug>/", views.detail, name="detail"),
    path("<int:pk>-<slug:slug>/etablissements/", views.establishments, name="establishments"),
]
