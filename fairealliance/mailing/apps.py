"""The one dispatcher of what people are told."""

from datetime import timedelta

from django.apps import AppConfig

from fairealliance.lib import periodic


class MailingApp(AppConfig):
    name = "fairealliance.mailing"
    label = "mailing"

    def ready(self) -> None:
        from fairealliance.mailing import actions, gathering, own_data, sending  # noqa: PLC0415 -- models load after the app's configuration

        own_data.register_all()
        periodic.register("mailing-gather", every=timedelta(seconds=30), act=gathering.gather)
        periodic.register("mailing-send", every=timedelta(seconds=15), act=sending.send_queued)
        periodic.register("mailing-forget", every=timedelta(days=1), act=actions.forget)
