"""One hand at a time on a request: what was looked at must still be true when it is written.

Everyone locks in one order: the request, then catalysts by their number, the journal last. On SQLite a transaction has
the database to itself from its first statement on (`transaction_mode`).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Q

from fairealliance.accounts.models import User
from fairealliance.network.models import Catalyst, SupportRequest


@contextmanager
def alone_with(request_id: int) -> Iterator[SupportRequest]:
    """In a transaction, ours or the caller's; raises SupportRequest.DoesNotExist."""
    with transaction.atomic():
        yield SupportRequest.objects.select_for_update(no_key=True).get(pk=request_id)


def hold_all_of(user: User) -> None:
    """What they asked, hold or ended, then every catalyst if they are one: what they leave may go to any of them.

    For an erasure, which writes many requests in one transaction, before it writes anything.
    """
    theirs = SupportRequest.objects.filter(Q(asked_by=user) | Q(catalyst__user=user) | Q(ended_by=user)).order_by("pk")
    list(theirs.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
    if Catalyst.objects.filter(user=user).exists():
        lock_catalysts(Catalyst.objects.values_list("pk", flat=True))


def lock_catalysts(pks: Iterable[int]) -> None:
    """Until the end of the transaction: their workload changes by nobody else meanwhile."""
    held = Catalyst.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    list(held.values_list("pk", flat=True))
