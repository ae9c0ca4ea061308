"""Addresses of the reports room: under those of the territories, whose converters they share."""

from django.urls import path

from fairealliance.reports import views

app_name = "reports"
urlpatterns = [
    path("territoires/<level:level>/<code:code>-<str:slug>/rapport/", views.page, name="page"),
    path("territoires/<level:level>/<code:code>-<str:slug>/rapport.pdf", views.document, name="pdf"),
    path("territoires/<level:level>/<code:code>/rapport/", views.page, name="page-by-code"),
    path("territoires/<level:level>/<code:code>/rapport.pdf", views.document, name="pdf-by-code"),
]
