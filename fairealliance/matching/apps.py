"""Who could ally with whom, and why."""

from datetime import timedelta

from django.apps import AppConfig

from fairealliance.lib import periodic


class MatchingApp(AppConfig):
    name = "fairealliance.matching"
    label = "matching"

    def ready(self) -> None:
        from fairealliance.matching import actions  # noqa: PLC0415 -- models load later

        periodic.register("matching-forget", every=timedelta(days=1), act=actions.forget_attention)
