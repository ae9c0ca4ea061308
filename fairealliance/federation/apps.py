"""Sources, harvesting in."""

from django.apps import AppConfig


class FederationApp(AppConfig):
    name = "fairealliance.federation"
    label = "federation"
