"""Own counting of pages read: no cookie, no address kept."""

from datetime import timedelta

from django.apps import AppConfig

from fairealliance.lib import periodic


class AudienceApp(AppConfig):
    name = "fairealliance.audience"
    label = "audience"

    def ready(self) -> None:
        from fairealliance.audience import actions  # noqa: PLC0415 -- models load after the app's configuration

        periodic.register("audience-forget", every=timedelta(days=1), act=actions.forget_rare_searches)
