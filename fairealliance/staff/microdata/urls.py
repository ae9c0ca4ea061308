"""Addresses of microdata at the desk."""

from django.urls import path

from fairealliance.staff.microdata import views

app_name = "staff_microdata"
urlpatterns = [
    path("", views.upload, name="upload"),
    path("dictionnaire.csv", views.template, name="template"),
    path("<slug:slug>/", views.preview, name="preview"),
    path("<slug:slug>/publier/", views.publish, name="publish"),
    path("<slug:slug>/jeter/", views.discard, name="discard"),
]
