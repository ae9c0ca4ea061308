"""Addresses of the home page and of the action sheet."""

from django.urls import path

from fairealliance.sheets import views

app_name = "sheets"
urlpatterns = [
    path("", views.home, name="home"),
    path("agir/", views.act, name="act"),
    path("agir/fiche.pdf", views.act_pdf, name="pdf"),
    path("agir/partager/", views.share, name="share"),
    path("agir/fiche/<slug:token>/", views.shared, name="shared"),
    path("agir/fiche/<slug:token>/fiche.pdf", views.shared_pdf, name="shared_pdf"),
]
