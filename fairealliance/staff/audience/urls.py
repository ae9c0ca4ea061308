"""Addresses of audience at the desk."""

from django.urls import path

from fairealliance.staff.audience import views

app_name = "staff_audience"
urlpatterns = [path("", views.dashboard, name="dashboard")]
