"""The desk of the secretariat, under /gestion/."""

from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.management import call_command
from django.db.models.signals import post_save

from fairealliance.design.panels import register
from fairealliance.lib import periodic

_PUBLISH_EVERY = timedelta(seconds=20)


class StaffApp(AppConfig):
    name = "fairealliance.staff"
    label = "staff"

    def ready(self) -> None:
        from fairealliance.accounts import awaiting  # noqa: PLC0415 -- models load later
        from fairealliance.staff import people  # noqa: PLC0415 -- likewise
        from fairealliance.staff.contributions import panels  # noqa: PLC0415 -- likewise

        awaiting.register(people.desk_card, order=5)
        register("practice-story", panels.files_in_preview)
        post_save.connect(_follow_role, sender=settings.AUTH_USER_MODEL, dispatch_uid="staff.follow_role")
        periodic.register("publish-scheduled", every=_PUBLISH_EVERY, act=_publish_scheduled)


def _follow_role(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    from fairealliance.staff import people  # noqa: PLC0415 -- models load after the app's configuration

    if not raw:
        people.follow_role(instance)


def _publish_scheduled() -> None:
    """Pages whose hour has come go out; those whose time is over go."""
    call_command("publish_scheduled", verbosity=0)
