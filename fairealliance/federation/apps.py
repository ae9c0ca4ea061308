"""Sources, harvesting in."""

from datetime import timedelta

from django.apps import AppConfig

from fairealliance.lib import periodic


class FederationApp(AppConfig):
    name = "fairealliance.federation"
    label = "federation"

    def ready(self) -> None:
        from fairealliance.federation import upload_run  # noqa: PLC0415 -- models load after the app's configuration

        periodic.register("uploads-forget", every=timedelta(days=1), act=upload_run.forget_files)
