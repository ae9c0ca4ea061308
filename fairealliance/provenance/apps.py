"""Where everything we hold comes from."""

from django.apps import AppConfig


class ProvenanceApp(AppConfig):
    name = "fairealliance.provenance"
    label = "provenance"
