"""The published schema."""

from django.apps import AppConfig


class ApiApp(AppConfig):
    name = "fairealliance.api"
    label = "api"
