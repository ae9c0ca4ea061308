"""Indicators as maps of France and as clouds of territories."""

from django.apps import AppConfig


class AtlasApp(AppConfig):
    name = "fairealliance.atlas"
    label = "atlas"
