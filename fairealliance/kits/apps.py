"""The kit « L’ODD 17 en pratique », made from the live base."""

from django.apps import AppConfig


class KitsApp(AppConfig):
    name = "fairealliance.kits"
    label = "kits"
