"""Programmes of measures, their dated reports, the progress report."""

from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from fairealliance.design.panels import register
from fairealliance.lib import periodic
from fairealliance.mailing import kinds


class RoadmapApp(AppConfig):
    name = "fairealliance.roadmap"
    label = "roadmap"

    def ready(self) -> None:
        from fairealliance.roadmap import immutable, panels, reminders  # noqa: PLC0415 -- models load later

        post_migrate.connect(immutable.install, sender=self, dispatch_uid="roadmap-immutable")
        kinds.register(reminders.KIND)
        register("organisation", panels.of_organisation, order=25)
        periodic.register("roadmap-reminders", every=timedelta(hours=6), act=reminders.send_due)
