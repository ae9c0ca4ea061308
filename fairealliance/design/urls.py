"""Addresses of the design room."""

from django.urls import path, re_path

from fairealliance.design import views

app_name = "design"
urlpatterns = [
    path("design/", views.gallery, name="gallery"),
    path("design/graphique.svg", views.chart_sample, name="chart-sample"),
    path("design/erreur/<int:status>/", views.error_sample, name="error-sample"),
    re_path(r"^design/style-(?P<digest>[0-9a-f]{12})\.css$", views.style, name="style"),
]
