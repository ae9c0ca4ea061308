"""Tokens, components and pages everyone shares."""

from django.apps import AppConfig


class DesignApp(AppConfig):
    name = "fairealliance.design"
    label = "design"
