"""Settings, addresses and the commands that start the product."""

from django.apps import AppConfig


class ConfigApp(AppConfig):
    name = "fairealliance.config"
    label = "config"
