"""Who could ally with whom, and why."""

from datetime import timedelta

from django.apps import AppConfig

from fairealliance.design.panels import register
from fairealliance.lib import periodic
from fairealliance.mailing import kinds


class MatchingApp(AppConfig):
    name = "fairealliance.matching"
    label = "matching"

    def ready(self) -> None:
        from fairealliance.accounts import awaiting  # noqa: PLC0415 -- models load later
        from fairealliance.matching import actions, digest, panels  # noqa: PLC0415 -- likewise

        kinds.register(digest.KIND)
        register("need", panels.of_need, order=10)
        register("territory", panels.of_territory, order=25)
        awaiting.register(panels.suggestions_card, order=35)
        awaiting.register(panels.alliances_card, order=36)
        periodic.register("matching-forget", every=timedelta(days=1), act=actions.forget_attention)
        periodic.register("matching-digest", every=timedelta(minutes=30), act=digest.write_due)
