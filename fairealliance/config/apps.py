"""Settings, addresses and the commands that start the product."""

from datetime import timedelta

from django.apps import AppConfig
from django.core import checks
from django.utils.translation.trans_real import translation

from fairealliance.lib import periodic
from fairealliance.lib.plurals_fr import WrittenInFrench


class ConfigApp(AppConfig):
    name = "fairealliance.config"
    label = "config"

    def ready(self) -> None:
        from fairealliance.config import background  # noqa: PLC0415 -- models load after the app's configuration
        from fairealliance.config.access.checks import check_table  # noqa: PLC0415 -- likewise

        translation("fr").add_fallback(WrittenInFrench())
        periodic.register("tasks-forget", every=timedelta(hours=1), act=background.forget_tasks)
        periodic.register("database-log", every=timedelta(hours=12), act=background.empty_log)
        checks.register(check_table, checks.Tags.security)
