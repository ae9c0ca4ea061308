"""People and who may do what."""

from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import pre_save

from fairealliance.design import masthead
from fairealliance.lib import periodic


class AccountsApp(AppConfig):
    name = "fairealliance.accounts"
    label = "accounts"

    def ready(self) -> None:
        from fairealliance.accounts import actions, awaiting, caching, limits, own_data  # noqa: PLC0415 -- models load after the app's configuration

        own_data.register_all()
        masthead.count_with(awaiting.count_in_masthead)
        pre_save.connect(_without_address, sender="usersessions.UserSession", dispatch_uid="accounts.without_address")
        periodic.register("limits-forget", every=timedelta(hours=1), act=limits.forget)
        periodic.register("shared-cache-forget", every=timedelta(hours=1), act=caching.forget)
        periodic.register("accounts-forget-unconfirmed", every=timedelta(hours=6), act=actions.forget_unconfirmed)


def _without_address(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A session is known by its browser: where it came from is not kept."""
    instance.ip = "0.0.0.0"  # noqa: S104 -- nobody's
