"""One hand at a time on a request: what was looked at must still be true when it is written.

Everyone locks in one order: the request, then catalysts by their number, the journal last. On SQLite a transaction has
the database to itself from its first statement on (`transaction_mode`).
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import transaction

from fairealliance.network.models import Catalyst, SupportRequest


@contextmanager
def alone_with(request_id: int) -> Iterator[SupportRequest]:
    """In a transaction, ours or the caller's; raises SupportRequest.DoesNotExist."""
    with transaction.atomic():
        yield SupportRequest.objects.select_for_update(no_key=True).get(pk=request_id)


def lock_catalysts(pks: Collection[int]) -> None:
    """Until the end of the transaction: their workload changes by nobody else meanwhile."""
    held = Catalyst.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    list(held.values_list("pk", flat=True))
