"""Reference geography, indicators, comparable territories."""

from django.apps import AppConfig


class TerritoriesApp(AppConfig):
    name = "fairealliance.territories"
    label = "territories"
