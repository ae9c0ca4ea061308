"""Reading the outbox."""

from fairealliance.journal.models import Change


def must_start_over(cursor: int) -> bool:
    """Whether changes after `cursor` may have been pruned: a follower that far behind makes everything anew."""
    oldest = Change.objects.order_by("id").values_list("id", flat=True).first()
    return oldest is not None and oldest > 1 and cursor < oldest
