"""What the invented world asked goes with it."""

from django.db import transaction

from fairealliance.accounts.actors import Actor
from fairealliance.journal.actions import record
from fairealliance.network.models import SupportRequest
from fairealliance.network.permissions import can_judge, require


@transaction.atomic
def remove_invented(*, by: Actor) -> int:
    """Deletes its requests, with their turns. Returns how many there were. Raises PermissionDenied."""
    require(can_judge(by))
    held = SupportRequest.objects.select_for_update().filter(is_demo=True).order_by("pk")
    asked = list(held.values_list("pk", flat=True))
    SupportRequest.objects.filter(pk__in=asked).delete()
    record(by=by, verb="demo-removed", subject="support:demo", detail={"removed": len(asked)})
    return len(asked)
