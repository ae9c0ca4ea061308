"""What changes with an organisation, whose catalysts are found by its name too, and with an account."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import can_edit_hub
from fairealliance.journal.actions import mark_changed
from fairealliance.network import leaving
from fairealliance.network.models import Catalyst


def of_organisations(keys: Sequence[str | int]) -> list[tuple[str, str | int]]:
    """(kind, key) of those who are listed and act for it, whether the organisation is still there or not."""
    ids = {int(key) for key in keys}
    if not ids:
        return []
    # Thousands at once in an import, and a few thousand catalysts at most: their organisations are looked up among the
    # ids, in a query as long for two thousand as for one.
    among = Catalyst.objects.active().filter(organisation__gte=min(ids), organisation__lte=max(ids)).order_by("pk")
    return [("catalyst", pk) for pk, organisation in among.values_list("pk", "organisation") if organisation in ids]


def follow_accounts() -> None:
    """Closed from any screen, an account takes its profile out of what is found, and leaves what else it held; opened
    again, it puts its profile back.
    """
    post_save.connect(_follow, sender=settings.AUTH_USER_MODEL, dispatch_uid="network.follow_accounts")


def _follow(
    sender: Any, instance: User, created: bool, raw: bool, update_fields: Iterable[str] | None, **kwargs: Any
) -> None:
    """Signing in saves the account too: it says which column, and it is not that one."""
    if created or raw or (update_fields is not None and "is_active" not in update_fields):
        return
    with transaction.atomic():
        mark_changed("catalyst", list(Catalyst.objects.filter(user=instance).values_list("pk", flat=True)))
        transaction.on_commit(partial(_leave, instance.pk))


def _leave(pk: int) -> None:
    """Once it is saved for good: it may be gone by then. The secretariat stays, second proof lost or not."""
    user = User.objects.filter(pk=pk).first()
    if user and not can_edit_hub(user):
        leaving.leave(user, SYSTEM)
