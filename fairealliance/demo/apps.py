"""An invented world in which every role can be played."""

from django.apps import AppConfig


class DemoApp(AppConfig):
    name = "fairealliance.demo"
    label = "demo"
