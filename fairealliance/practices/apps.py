"""Case studies: what was done, with whom, to what effect."""

from django.apps import AppConfig


class PracticesApp(AppConfig):
    name = "fairealliance.practices"
    label = "practices"
