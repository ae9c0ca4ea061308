"""Telling people, and choosing how often one is told."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.design.letters import QUOTE, unlinked
from fairealliance.journal.actions import record
from fairealliance.lib.text_fr import squeeze
from fairealliance.mailing import kinds, rhythms
from fairealliance.mailing.enums import LetterState, NoticeState, Rhythm
from fairealliance.mailing.models import Letter, Notice, Preference


@transaction.atomic
def tell(
    people: Iterable[User],
    *,
    kind: str,
    event: str,
    subject: str,
    text: str,
    path: str = "",
    action: str = "",
    after: str = "",
    origin: str = "",
    reply_to: str = "",
    now: datetime | None = None,
) -> int:
    """Have each of `people` told of `event`, in the transaction of the act itself. Told again, nothing happens.

    `event` names what happened for ever (`introduction:12:accepted`); `text` is plain, its paragraphs parted by a blank
    line (`design.letters`), what strangers wrote there quoted or `unlinked`; `path` is the page to open, `action` what
    its button says, `after` what is said under it, once in a letter however many notices say it; `origin` and
    `reply_to` tell on whose behalf. Returns how many notices were made. Raises KeyError for an unknown kind.
    """
    usual, now = kinds.get(kind).rhythm, now or timezone.now()
    known = {user.pk: user for user in people}
    chosen = dict(Preference.objects.filter(user__in=known, kind=kind).values_list("user_id", "rhythm"))
    told = set(Notice.objects.filter(user__in=known, event=event).values_list("user_id", flat=True))
    notices = []
    for pk in known.keys() - told:
        rhythm = Rhythm(chosen.get(pk, usual))
        notices.append(
            Notice(
                user_id=pk,
                kind=kind,
                event=event,
                subject=unlinked(squeeze(subject))[:180],
                text=text.strip(),
                path=path,
                action=action,
                after=after.strip(),
                origin=squeeze(origin)[:120],
                reply_to=reply_to,
                state=NoticeState.UNTOLD if rhythm == Rhythm.NEVER else NoticeState.WAITING,
                due_at=rhythms.due(rhythm, now),
            )
        )
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


@transaction.atomic
def choose(*, by: User, rhythms_by_kind: Mapping[str, Rhythm]) -> None:
    """One's own preferences. What waits follows them at once. Raises KeyError for an unknown kind."""
    now = timezone.now()
    for slug, rhythm in rhythms_by_kind.items():
        kinds.get(slug)
        Preference.objects.update_or_create(user=by, kind=slug, defaults={"rhythm": rhythm})
        waiting = Notice.objects.filter(user=by, kind=slug, state=NoticeState.WAITING)
        if rhythm == Rhythm.NEVER:
            waiting.update(state=NoticeState.UNTOLD)
        else:
            waiting.update(due_at=rhythms.due(rhythm, now))
    record(by=by, verb="mail-preferences-chosen", subject=f"user:{by.pk}", detail={**rhythms_by_kind})


@transaction.atomic
def send_again(*, by: Actor, pk: int) -> bool:
    """A letter that could not be sent is tried anew. False when there is none such."""
    require_hub_editor(by)
    letter = Letter.objects.select_for_update().filter(pk=pk, state=LetterState.FAILED).first()
    if letter is None:
        return False
    letter.state, letter.tried, letter.next_try_at, letter.error = LetterState.QUEUED, 0, timezone.now(), ""
    letter.save()
    record(by=by, verb="letter-sent-again", subject=f"letter:{pk}")
    return True


def take_back(*, kind: str, start: str, end: str = "") -> int:
    """What waits to be told and is no longer so: events of that kind that begin and end so. Returns how many."""
    waiting = Notice.objects.filter(kind=kind, state=NoticeState.WAITING)
    return waiting.filter(event__startswith=start, event__endswith=end).update(state=NoticeState.UNTOLD)


def unquote(*, start: str) -> int:
    """What somebody wrote, and notices quote, goes out of those whose event begins so: sent, or still to be.

    Returns how many there were.
    """
    changed = []
    for notice in Notice.objects.select_for_update().filter(event__startswith=start, text__contains=QUOTE):
        parts = notice.text.split("\n\n")
        notice.text = "\n\n".join(part for part in parts if not part.startswith(QUOTE))
        changed.append(notice)
    return Notice.objects.bulk_update(changed, ["text"])


def forget(*, kept_days: int = 180) -> int:
    """What was told long ago keeps its event, so that it is never told twice, but not its words."""
    before = timezone.now() - timedelta(days=kept_days)
    old = Notice.objects.filter(made_at__lt=before).exclude(state=NoticeState.WAITING).exclude(text="")
    old = old.exclude(letter__state=LetterState.FAILED)  # it may still be sent anew
    gone, _rows = Letter.objects.filter(state=LetterState.SENT, sent_at__lt=before).delete()
    return old.update(text="", subject="", path="", action="", after="", origin="", reply_to="") + gone
