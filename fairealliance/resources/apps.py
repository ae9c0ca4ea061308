"""Methods, tools, studies, kits, training."""

from django.apps import AppConfig


class ResourcesApp(AppConfig):
    name = "fairealliance.resources"
    label = "resources"
