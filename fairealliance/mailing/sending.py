"""Letters to the server of mail: many by one connection, tried again when it is down, given up after a day and told.

A letter is claimed before it is sent and noted after: two nodes never send the same one. A worker stopped in between
leaves a lease that runs out; the letter then goes again under the same Message-ID.
"""

import logging
import smtplib
from collections import defaultdict
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.accounts.envelope import envelope
from fairealliance.accounts.mail import absolute, imprint, reaches
from fairealliance.design.letters import Foot, Item, Mail, Way, html_of, text_of
from fairealliance.mailing import kinds, unsubscribing
from fairealliance.mailing.enums import LetterState, NoticeState, Rhythm
from fairealliance.mailing.models import Letter, Notice

logger = logging.getLogger(__name__)
BATCH = 100
LEASE = timedelta(minutes=15)
WAITS = (1, 5, 30, 120, 720, 1440)  # minutes: a server that is down for a day loses nothing


def send_queued(now: datetime | None = None) -> int:
    """Sends all that is to be sent. Returns how many went."""
    sent = 0
    while claimed := _claim(now or timezone.now()):
        gone, goes_on = _send_all(claimed)
        sent += gone
        if not goes_on:
            break
    return sent


def _claim(now: datetime) -> list[Letter]:
    """Up to a batch of letters that are now ours alone: one UPDATE decides for each."""
    waiting = Letter.objects.filter(state__in=[LetterState.QUEUED, LetterState.SENDING], next_try_at__lte=now)
    ours = []
    with transaction.atomic():
        for pk, seen in list(waiting.order_by("next_try_at", "pk").values_list("pk", "next_try_at")[:BATCH]):
            if waiting.filter(pk=pk, next_try_at=seen).update(state=LetterState.SENDING, next_try_at=now + LEASE):
                ours.append(pk)
    whole = Letter.objects.filter(pk__in=ours).select_related("user")
    return list(whole.prefetch_related("notices", "user__mail_preferences").order_by("pk"))


def _send_all(letters: list[Letter]) -> tuple[int, bool]:
    """(how many went, whether the server answers)."""
    connection, publisher, sent = get_connection(), imprint(), 0
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        for letter in letters:
            _put_off(letter, error)
        return 0, False
    try:
        for letter in letters:
            sent += _send(letter, connection, publisher)
    finally:
        connection.close()
    return sent, True


def _send(letter: Letter, connection: BaseEmailBackend, publisher: str) -> bool:
    if not _still_ours(letter):
        return False
    if not _still_wanted(letter):
        letter.delete()
        return False
    try:
        message_of(letter, connection, publisher).send()
    except (smtplib.SMTPException, OSError) as error:
        _put_off(letter, error)
        connection.close()  # whatever state it was left in
        return False
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SENT, sent_at=timezone.now(), error="")
    return True


def _still_ours(letter: Letter) -> bool:
    """Near its end the lease is taken anew: past it, another node may have sent this letter."""
    now = timezone.now()
    if now < letter.next_try_at - LEASE / 2:
        return True
    held = Letter.objects.filter(pk=letter.pk, state=LetterState.SENDING, next_try_at=letter.next_try_at)
    return bool(held.update(next_try_at=now + LEASE))


def _still_wanted(letter: Letter) -> bool:
    """What they said "never" to since, or may read no more, is left out; an account closed since, or unreachable, is
    not written to.
    """
    refused = {each.kind for each in letter.user.mail_preferences.all() if each.rhythm == Rhythm.NEVER}
    lost = not reaches(letter.user.email)
    void = _void(letter)
    unwanted = [each for each in letter.notices.all() if lost or each.kind in refused or each.event in void]
    for each in unwanted:
        each.state, each.letter = NoticeState.UNTOLD, None
        each.save(update_fields=["state", "letter"])
    return letter.user.is_active and len(unwanted) < len(letter.notices.all())


def _void(letter: Letter) -> set[str]:
    """Events that are theirs no more: told while they acted for an organisation, and they left before it went."""
    events: dict[str, set[str]] = defaultdict(set)
    for each in letter.notices.all():
        events[each.kind].add(each.event)
    return {event for kind, told in events.items() for event in kinds.no_longer_theirs(letter.user, kind, told)}


def _put_off(letter: Letter, error: Exception) -> None:
    """Tried later, unless it was tried enough or the server says that it never will."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max((code for code, _reason in error.recipients.values()), default=None)
    final = letter.tried >= len(WAITS) or (code is not None and 500 <= code < 600)
    logger.warning("Letter %s not sent (%s %s)", letter.key, type(error).__name__, code or "")
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.FAILED if final else LetterState.QUEUED,
        tried=letter.tried + 1,
        next_try_at=timezone.now() + timedelta(minutes=WAITS[min(letter.tried, len(WAITS) - 1)]),
        error=f"{type(error).__name__} {code or ''}".strip(),
    )


def message_of(
    letter: Letter, connection: BaseEmailBackend | None = None, publisher: str = ""
) -> EmailMultiAlternatives:
    """The mail itself: text, the same as HTML, and the headers by which programs know it."""
    notices = [each for each in letter.notices.all() if each.state == NoticeState.IN_LETTER]
    leave = absolute(unsubscribing.path(letter.user_id, {each.kind for each in notices}))
    mail = Mail(_subject(notices), tuple(map(_item, notices)), _foot(notices, leave, publisher), letter.user.name)
    origins = {(each.origin, each.reply_to) for each in notices}
    origin, reply_to = origins.pop() if len(origins) == 1 else ("", "")
    return envelope(
        mail.subject,
        text_of(mail),
        html_of(mail),
        to=letter.user.email,
        from_email=_from(origin),
        reply_to=[reply_to] if reply_to else None,
        headers={
            "Message-ID": f"<letter-{letter.key}@{_domain()}>",
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        connection=connection,
    )


def _subject(notices: list[Notice]) -> str:
    if len(notices) == 1:
        return notices[0].subject
    told = ngettext("%(count)d nouvelle", "%(count)d nouvelles", len(notices)) % {"count": len(notices)}
    return f"{told} : {notices[0].subject}"[:180]


def _item(notice: Notice) -> Item:
    way = Way(notice.action or _("Ouvrir la page"), absolute(notice.path)) if notice.path else None
    return Item(notice.subject, notice.text, way, notice.after)


def _foot(notices: list[Notice], leave: str, publisher: str) -> Foot:
    """Which of their settings the letter comes from, and the two ways to receive less."""
    labels = " ; ".join(str(kind.label) for kind in kinds.known() if kind.slug in {each.kind for each in notices})
    why = _("Votre compte Faire Alliance est réglé pour vous annoncer ceci par courriel : %s.") % labels
    ways = (
        Way(_("Régler mes courriels"), absolute(reverse("mailing:preferences"))),
        Way(_("Ne plus recevoir ces courriels"), leave),
    )
    return Foot(why, ways, publisher)


def _from(origin: str) -> str:
    """On behalf of whoever is at the origin: their name, our address, so that no server takes it for a forgery."""
    if not origin:
        return settings.DEFAULT_FROM_EMAIL
    return formataddr((_("%s, par Faire Alliance") % origin, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
