"""Writing entries: who did what, when. Called inside the transaction of the act it tells."""

import logging
import secrets
from collections.abc import Iterable
from typing import Any, Protocol

from django.utils import timezone

from fairealliance.journal import models
from fairealliance.journal.actions.changes import mark_changed
from fairealliance.journal.chain import (
    GENESIS,
    Content,
    author_reference,
    canonical,
    detail_digest,
    entry_hash,
    is_signed,
    signed,
)
from fairealliance.journal.lock import one_at_a_time
from fairealliance.journal.models import Entry, Head

logger = logging.getLogger(__name__)


class Author(Protocol):
    """Whoever acts: a person or the system itself."""

    @property
    def label(self) -> str: ...

    @property
    def user_id(self) -> int | None: ...


def record(
    *,
    by: Author,
    verb: str,
    subject: str,
    detail: dict[str, Any] | None = None,
    before: str = "",
    after: str = "",
    changed: Iterable[tuple[str, str]] = (),
) -> Entry:
    """Tell what `by` did to `subject` (`kind:key`), from state `before` to state `after`, and which public things
    (kind, key) it changed. Appends to the chain, alone until the end of the transaction.
    """
    text, salt = canonical(detail or {}), secrets.token_hex(16)
    with one_at_a_time():
        head = _head()
        author = _author(by)
        entry = Entry(
            sequence=head.count + 1,
            at=timezone.now(),
            author=author,
            verb=verb,
            subject=subject,
            before=before,
            after=after,
            detail_text=text,
            salt=salt,
            detail_digest=detail_digest(salt, text),
            previous=head.hash,
        )
        entry.hash = entry_hash(content_of(entry, author.ref), entry.previous)
        entry.save(force_insert=True)
        _move(head, entry)
        for kind, key in changed:
            mark_changed(kind, [key])
    return entry


def content_of(entry: Entry, ref: str) -> Content:
    """What is hashed of `entry`, written by the author `ref`."""
    return Content(
        sequence=entry.sequence,
        at=entry.at,
        author=ref,
        verb=entry.verb,
        subject=entry.subject,
        detail=entry.detail_digest,
        before=entry.before,
        after=entry.after,
    )


def _head() -> Head:
    """The head; were its row taken away, where the entries end, with no signature: that cannot be mended unseen."""
    head = Head.objects.filter(pk=1).first()
    if head is not None:
        return head
    last = Entry.objects.order_by("-sequence").values_list("sequence", "hash").first()
    count, tip = last or (0, GENESIS)
    return Head.objects.create(pk=1, count=count, hash=tip, mac="" if last else signed(0, GENESIS))


def _move(head: Head, entry: Entry) -> None:
    """What was not signed before stays unsigned: writing on must not make good what somebody forged."""
    mac = signed(entry.sequence, entry.hash) if is_signed(head.mac, head.count, head.hash) else ""
    if not mac:
        logger.error("The head of the journal is not ours: run `fairealliance journal verify`")
    Head.objects.filter(pk=1).update(count=entry.sequence, hash=entry.hash, mac=mac)


def _author(by: Author) -> models.Author:
    """Whoever writes, under today's name."""
    mine = models.Author.objects.filter(label=by.label)
    mine = mine.filter(user_id=by.user_id) if by.user_id else mine.filter(user__isnull=True)
    known = mine.first()
    if known is not None:
        return known
    salt = secrets.token_hex(16)
    ref = author_reference(salt, by.user_id, by.label)
    return models.Author.objects.create(ref=ref, user_id=by.user_id, label=by.label, salt=salt)
