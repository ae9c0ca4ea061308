"""Files of a proposal: written beside the database, and gone with their row."""

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from fairealliance.contributions import files
from fairealliance.contributions.actions.shared import locked, tell, touched
from fairealliance.contributions.life import EDITABLE
from fairealliance.contributions.models import Attachment, Proposal
from fairealliance.contributions.permissions import PROPOSER
from fairealliance.lib.lives import NotAllowed
from fairealliance.lib.sent_files import AttachmentKind, Refused, Taken, atomic_with_files, sweep, write

_MOST = {AttachmentKind.PHOTO: files.MOST_PHOTOS, AttachmentKind.DOCUMENT: files.MOST_DOCUMENTS}


def path_of(proposal: Proposal, attachment: Attachment) -> Path:
    return files.folder() / proposal.folder.hex / attachment.stored_name


def may_attach(proposal: Proposal, kind: AttachmentKind) -> bool:
    return proposal.attachments.filter(kind=kind).count() < _MOST[kind]


@atomic_with_files()
def attach(*, proposal: Proposal, taken: Taken, file_name: str, words: str, credit: str = "") -> Attachment:
    """Keeps a checked file; without words, they are to be said later.

    The same file again is the one already there, and gives it the words it waits for.
    Raises Refused or NotAllowed.
    """
    held = locked(proposal)
    if held.status not in EDITABLE:
        raise NotAllowed(_("Cette proposition ne peut plus être modifiée."))
    if same := held.attachments.filter(digest=taken.digest).first():
        return _with_words(held, same, words)
    if not may_attach(held, taken.kind):
        raise Refused(_("Huit photos et quatre documents au plus."))
    attachment = Attachment(
        proposal=held,
        kind=taken.kind,
        file_name=file_name[:200],
        extension=taken.extension,
        size=len(taken.content),
        digest=taken.digest,
        words=words[:300],
        credit=credit[:200],
        width=taken.width,
        height=taken.height,
    )
    write(path_of(held, attachment), taken.content)
    attachment.save()
    touched(held, PROPOSER)
    held.save(update_fields=["version", "touched_by", "touched_at"])
    tell(held, "file-attached", by=PROPOSER, file=attachment.pk, kind=attachment.kind)
    return attachment


@transaction.atomic
def describe(*, proposal: Proposal, attachment_id: int, words: str) -> None:
    """Says what a file that was kept shows. A file that is no longer there is let be."""
    held = locked(proposal)
    if held.status not in EDITABLE:
        raise NotAllowed(_("Cette proposition ne peut plus être modifiée."))
    attachment = held.attachments.filter(pk=attachment_id).first()
    if attachment is not None and attachment.words != words[:300]:
        _describe(held, attachment, words)


def _with_words(held: Proposal, attachment: Attachment, words: str) -> Attachment:
    if words and not attachment.words:
        _describe(held, attachment, words)
    return attachment


def _describe(held: Proposal, attachment: Attachment, words: str) -> None:
    attachment.words = words[:300]
    attachment.save(update_fields=["words"])
    touched(held, PROPOSER)
    held.save(update_fields=["version", "touched_by", "touched_at"])
    tell(held, "file-described", by=PROPOSER, file=attachment.pk)


@transaction.atomic
def detach(*, proposal: Proposal, attachment_id: int) -> None:
    """Twice is once."""
    held = locked(proposal)
    if held.status not in EDITABLE:
        raise NotAllowed(_("Cette proposition ne peut plus être modifiée."))
    attachment = held.attachments.filter(pk=attachment_id).first()
    if attachment is not None:
        path = path_of(held, attachment)
        number = attachment.pk
        attachment.delete()
        touched(held, PROPOSER)
        held.save(update_fields=["version", "touched_by", "touched_at"])
        tell(held, "file-removed", by=PROPOSER, file=number, kind=attachment.kind)
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def sweep_files() -> int:
    """Each day. Returns how many files went, of no proposal."""
    return sweep(files.folder(), Attachment.objects.all())
