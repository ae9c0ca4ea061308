"""Writing in the thread: words and files, by either side or by whoever put both in touch."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts import limits
from fairealliance.accounts.models import User
from fairealliance.introductions import mails
from fairealliance.introductions.actions.leading import begin_round_for
from fairealliance.introductions.actions.shared import answered, locked, one_side, save
from fairealliance.introductions.enums import Side, Status, other
from fairealliance.introductions.life import Verb, can, next_status
from fairealliance.introductions.models import Attachment, Introduction, Message
from fairealliance.introductions.permissions import can_read_thread, require, sides_of
from fairealliance.lib.lives import NotAllowed
from fairealliance.lib.sent_files import Taken, atomic_with_files, sweep
from fairealliance.lib.sent_files import write as write_file
from fairealliance.lib.sent_once import sent_once

MOST_MESSAGES, MOST_FILES, MOST_FILES_AT_ONCE = 300, 30, 3
_MOST_A_DAY, _MOST_WITHOUT_ANSWER = 100, 3
_DAY = timedelta(days=1)
Named = tuple[str, Taken]
"""A file that was checked, and the name it came with."""


@atomic_with_files()
def write(
    *,
    by: User,
    introduction: Introduction,
    text: str,
    page_key: str,
    files: Sequence[Named] = (),
    now: datetime | None = None,
) -> Message:
    """Sent twice by one page, it is written once; other words from that page are another message. A word of the side
    that owed its answer is an answer.

    Raises PermissionDenied; NotAllowed once it is over, and for a thread that is full.
    """
    held, now = locked(introduction), now or timezone.now()
    require(can_read_thread(by, held))
    key = sent_once(page_key, by.pk, text, *(taken.digest for _name, taken in files))
    if same := held.messages.filter(page_key=key).first():
        return same
    side = one_side(by, held) if sides_of(by, held) else ""
    _check(held, by, side, len(files))
    made = Message.objects.create(introduction=held, side=side, by_user=by, text=text, page_key=key, at=now)
    for name, taken in {taken.digest: (name, taken) for name, taken in files}.values():
        _keep(made, name, taken)
    before, counted = held.status, _take_as_answer(held, side, now) if side else []
    save(held, "written", by=by, now=now, before=before, counted=counted)
    mails.wrote(held, made, by, now)
    return made


def _check(held: Introduction, by: User, side: str, files: int) -> None:
    if not held.is_open:
        raise NotAllowed(_("L’échange est clos : on ne peut plus y écrire."))
    if held.messages.count() >= MOST_MESSAGES:
        raise NotAllowed(_("Ce fil est plein (300 messages) : continuez de vive voix ou par courriel."))
    if files > MOST_FILES_AT_ONCE:
        raise NotAllowed(_("Trois fichiers au plus par message."))
    if files and Attachment.objects.filter(message__introduction=held).count() + files > MOST_FILES:
        raise NotAllowed(_("Trente fichiers au plus dans un échange."))
    if held.status == Status.ASKED and not held.owes(side):
        last = list(held.messages.order_by("-pk").values_list("side", flat=True)[:_MOST_WITHOUT_ANSWER])
        if last == [side] * _MOST_WITHOUT_ANSWER:
            raise NotAllowed(_("Vous avez écrit trois fois : attendez la réponse. Des rappels partent d’eux-mêmes."))
    if limits.count_of("introduction-messages", str(by.pk), window=_DAY) > _MOST_A_DAY:
        raise NotAllowed(_("Beaucoup de messages en une journée : attendez demain."))


def _take_as_answer(held: Introduction, side: str, now: datetime) -> list[str]:
    """Asked, and theirs to answer: now the other's. Accepted: they are talking. The sides counted anew."""
    if can(Verb.TALK, held.status):
        held.status = next_status(Verb.TALK, held.status)
        return []
    if held.status != Status.ASKED or not held.owes(side):
        return []
    begin_round_for(held, other(Side(side)), now)
    return [side] if answered(held, side, now) else []


def sweep_files() -> int:
    """Each day. Returns how many files went, of no message."""
    return sweep(_root(), Attachment.objects.all())


def _root() -> Path:
    return Path(settings.FAIREALLIANCE_HOME) / "media" / "introductions"


def folder(introduction: Introduction) -> Path:
    return _root() / str(introduction.pk)


def path_of(attachment: Attachment) -> Path:
    """Its message must be known."""
    return folder(attachment.message.introduction) / attachment.stored_name


def _keep(message: Message, name: str, taken: Taken) -> None:
    kept = Attachment(
        message=message,
        kind=taken.kind,
        file_name=name[:200],
        extension=taken.extension,
        size=len(taken.content),
        digest=taken.digest,
    )
    write_file(path_of(kept), taken.content)
    kept.save()
