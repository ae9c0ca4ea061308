"""Writing the journal: entries, changes, and the two exceptions (a person erased, a head signed anew)."""

from fairealliance.journal.actions.changes import KEPT, mark_changed, prune_changes, prune_old_changes
from fairealliance.journal.actions.entries import Author, record
from fairealliance.journal.actions.erasing import erase_author
from fairealliance.journal.actions.sealing import seal

__all__ = [
    "KEPT",
    "Author",
    "erase_author",
    "mark_changed",
    "prune_changes",
    "prune_old_changes",
    "record",
    "seal",
]
