"""From a commune and a challenge to an action sheet."""

from django.apps import AppConfig


class SheetsApp(AppConfig):
    name = "fairealliance.sheets"
    label = "sheets"
