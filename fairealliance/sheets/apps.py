"""From a commune and a challenge to an action sheet."""

from django.apps import AppConfig

from fairealliance.design.panels import register


class SheetsApp(AppConfig):
    name = "fairealliance.sheets"
    label = "sheets"

    def ready(self) -> None:
        # Its models are there only once the registry is full.
        from fairealliance.sheets import panels  # noqa: PLC0415 -- models load after the app’s configuration

        register("practice", panels.of_practice, order=90)
