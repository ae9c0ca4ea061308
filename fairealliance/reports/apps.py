"""The report of a territory, made from the live base."""

from django.apps import AppConfig

from fairealliance.design.panels import register


class ReportsApp(AppConfig):
    name = "fairealliance.reports"
    label = "reports"

    def ready(self) -> None:
        from fairealliance.reports import panels  # noqa: PLC0415 -- models load after the app’s configuration

        register("territory", panels.of_territory, order=10)
