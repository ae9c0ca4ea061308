"""Addresses of imports at the desk."""

from django.urls import path

from fairealliance.staff.imports import views

app_name = "staff_imports"
urlpatterns = [
    path("", views.index, name="index"),
    path("nouveau/", views.give, name="give"),
    path("modeles/<slug:kind>.xlsx", views.template, name="template"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/colonnes/", views.columns, name="columns"),
    path("<int:pk>/avancement/", views.progress, name="progress"),
    path("<int:pk>/importer/", views.start, name="start"),
    path("<int:pk>/rapport.csv", views.report, name="report"),
]
