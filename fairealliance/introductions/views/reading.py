"""One's own introductions, and the page of one: how it stands, what comes next, its thread."""

from datetime import date
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from fairealliance.accounts.actors import who
from fairealliance.accounts.models import User
from fairealliance.introductions import acts, contacts, ladder, proposers, unread, voiceless
from fairealliance.introductions.actions.following import is_followed
from fairealliance.introductions.actions.leading import is_in_grace
from fairealliance.introductions.enums import Outcome, Side, Status, StepKind
from fairealliance.introductions.forms import MessageForm
from fairealliance.introductions.lasting import AGES
from fairealliance.introductions.life import Verb, can
from fairealliance.introductions.links import follow_up_path
from fairealliance.introductions.models import Attachment, Introduction, Message, Step
from fairealliance.introductions.permissions import (
    can_accompany,
    can_end_support,
    can_lead,
    can_read_thread,
    is_proposer,
    read_from,
    sides_of,
    yes_missing,
)
from fairealliance.introductions.querysets import IntroductionQuerySet
from fairealliance.introductions.views.shared import for_visible
from fairealliance.lib.masking import masked
from fairealliance.needs.models import Need
from fairealliance.network.permissions import can_judge
from fairealliance.organisations.models import Member, Organisation
from fairealliance.provenance.pages import page_of

MESSAGES_A_PAGE = 50
HELPING = "a-aider"
LISTS = {
    "a-repondre": gettext_lazy("À répondre"),
    HELPING: gettext_lazy("Votre aide est attendue"),
    "en-attente": gettext_lazy("En attente de l’autre"),
    "en-cours": gettext_lazy("En cours"),
    "terminees": gettext_lazy("Terminées"),
}


class Line(NamedTuple):
    """A message as it is shown to whoever reads; `name`: for whom it was written."""

    message: Message
    name: str
    author: str
    text: str
    is_own: bool
    is_new: bool
    files: list[tuple[Attachment, str]]
    """Each with the name it is shown under."""


def _listed(user: User, name: str) -> IntroductionQuerySet:
    mine = Introduction.objects
    if name == "a-repondre":
        return mine.owed_by(user)
    if name == "en-attente":
        return mine.awaited_by(user)
    if name == HELPING:
        return mine.to_help(user)
    return mine.of(user).under_way() if name == "en-cours" else mine.of(user).over()


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Five lists, each by page: that of whoever helps others is shown to them alone. Thirteen queries at most, whatever
    their number.
    """
    user = who(request)
    counts = {name: unread.counts(_listed(user, name), user) for name in LISTS}
    first = next((name for name, (count, _new) in counts.items() if count), "a-repondre")
    chosen = request.GET.get("liste", "")
    chosen = chosen if chosen in LISTS else first
    page = page_of(request, unread.mark(_listed(user, chosen).with_parties(), user))
    unheard = voiceless.of(list(page)) if chosen == HELPING else {}
    context = {
        "lists": [
            # Whoever helps from outside reads no message: none is new to them.
            (name, label, counts[name][0], 0 if name == HELPING else counts[name][1])
            for name, label in LISTS.items()
            if counts[name][0] or name != HELPING
        ],
        "reads": chosen != HELPING,
        "chosen": chosen,
        "title": LISTS[chosen],
        "page": page,
        "rows": [(each, unheard.get(each.pk, [])) for each in page],
        "may_invite": can_judge(user),
        "query": f"liste={chosen}",
        "has_any": any(count for count, _new in counts.values()),
        "acts_for_one": Member.objects.filter(user=user).exists(),
    }
    return render(request, "introductions/mine.html", context)


@for_visible
@require_safe
def detail(request: HttpRequest, introduction: Introduction) -> HttpResponse:
    return page(request, introduction, MessageForm())


def page(request: HttpRequest, introduction: Introduction, form: MessageForm, status: int = 200) -> HttpResponse:
    """What was typed and refused stays in the form."""
    user, now = who(request), timezone.now()
    sides = sides_of(user, introduction)
    may_read = can_read_thread(user, introduction)
    start = read_from(user, introduction) if may_read else 0
    messages = _messages(request, introduction, start) if may_read else None
    before, done = _read(request, introduction, messages), acts.of(introduction)
    unheard, may_invite = voiceless.of([introduction])[introduction.pk], can_judge(user)
    context = {
        "introduction": introduction,
        "asker": introduction.name_of(Side.ASKER),
        "asked": introduction.name_of(Side.ASKED),
        "of_both": len(sides) == 2,
        "may_read": may_read,
        "may_write": may_read and introduction.is_open and len(sides) < 2,
        "words": introduction.words if introduction.begun_on else masked(introduction.words),
        "buttons": _buttons(user, introduction, sides) if len(sides) < 2 else [],
        "messages_page": messages,
        "lines": [_line(each, introduction, user, sides, before) for each in messages] if messages else [],
        "contacts": contacts.of(introduction, done) if may_read and introduction.is_reachable else [],
        "steps": _steps(introduction, user, [each.name for each in unheard]),
        "need": _need(introduction, user),
        "unheard": unheard,
        "is_third": may_invite or not sides,
        "helped": [] if sides else _helped(introduction),
        "may_invite": may_invite,
        "was_reminded": introduction.status == Status.SILENT and voiceless.was_reminded(introduction),
        "proposer": proposers.of(introduction),
        "companion": (companion := proposers.companion_of(introduction)),
        "may_accompany": companion is None and can_accompany(user, introduction),
        "may_end_support": companion is not None and can_end_support(user, introduction),
        "since_then": start > 0,
        "questions": _questions(introduction),
        "asked_now": _asked_now(introduction, user, sides),
        "in_grace": can(Verb.WITHDRAW, introduction.status) and is_in_grace(introduction, now),
        "is_asking": is_proposer(user, introduction) or (not introduction.is_by_catalyst and Side.ASKER in sides),
        "grace_days": ladder.current().grace_days,
        "acts": [(each.at, acts.words_of(each, introduction, _may_name(introduction, each, sides))) for each in done],
        "again": _again(introduction, sides),
        "may_begin": len(sides) == 1 and can(Verb.BEGIN, introduction.status),
        "waits_for": [introduction.name_of(side) for side in Side if introduction.owes(side)],
        "form": form,
        "page_key": get_random_string(16),
    }
    return render(request, "introductions/detail.html", context, status=status)


def _again(introduction: Introduction, sides: set[Side]) -> str:
    """Where whoever asked in vain asks once more; nowhere for the other side, nor where a catalyst asked."""
    if introduction.status != Status.SILENT or introduction.is_by_catalyst or sides != {Side.ASKER}:
        return ""
    if not introduction.asked or not introduction.asker:
        return ""
    return f"{reverse('introductions:ask')}?{urlencode({'a': introduction.asked.pk, 'pour': introduction.asker.pk})}"


def _helped(introduction: Introduction) -> list[Organisation]:
    """Whom a third may call while the answer is owed: those that owe it first."""
    if not introduction.waits_for:
        return []
    in_order = sorted(Side, key=lambda side: not introduction.owes(side))
    return [held for side in in_order if (held := introduction.organisation_of(side))]


_BUTTONS = (
    (Verb.ACCEPT, "accept", gettext_lazy("Accepter")),
    (Verb.DECLINE, "decline", gettext_lazy("Décliner")),
    (Verb.BEGIN, "begin", gettext_lazy("Notre alliance commence")),
    (Verb.WITHDRAW, "withdraw", gettext_lazy("Retirer la demande")),
    (Verb.END, "end", gettext_lazy("Mettre fin à l’échange")),
)


def _buttons(user: User, introduction: Introduction, sides: set[Side]) -> list[tuple[str, Any, bool]]:
    """(route, label, whether it is the main one) of what they may do now."""
    found = []
    said_yes = {Side(side) for side in Side} - set(yes_missing(introduction))
    for verb, name, label in _BUTTONS:
        already = verb == Verb.ACCEPT and sides <= said_yes
        if can(verb, introduction.status) and not already and can_lead(user, introduction, verb):
            if verb == Verb.END and introduction.status == Status.BEGUN:
                label = gettext_lazy("Mettre fin à l’alliance et à l’échange")
            found.append((f"introductions:{name}", label, verb in (Verb.ACCEPT, Verb.BEGIN)))
    return found


def _messages(request: HttpRequest, introduction: Introduction, start: int) -> "Page[Message]":
    """In the order they were written; the latest page unless another is asked."""
    written = introduction.messages.filter(pk__gt=start).select_related("by_user").prefetch_related("attachments")
    pages = Paginator(written, MESSAGES_A_PAGE)
    return pages.get_page(request.GET.get("page") or pages.num_pages)


def _may_name(introduction: Introduction, act: acts.Act, sides: set[Side]) -> bool:
    """Names wait for both to say yes, but among those who act for one side; a third reads none."""
    is_open = introduction.is_reachable or introduction.begun_on is not None
    return act.side in sides or (is_open and bool(sides))


def _line(message: Message, introduction: Introduction, user: User, sides: set[Side], before: int) -> Line:
    own = message.by_user_id == user.pk or message.side in sides
    open_ = own or introduction.begun_on or introduction.is_reachable
    text = message.text if open_ else masked(message.text)
    name = introduction.name_of(message.side) if message.side else _third(message, introduction)
    author = message.by_user.name if message.by_user else _("une personne qui a fermé son compte")
    files = [(each, each.file_name if open_ else masked(each.file_name)) for each in message.attachments.all()]
    is_new = message.pk > before and message.by_user_id != user.pk
    return Line(message, name, author if open_ or not message.side else "", text, own, is_new, files)


def _third(message: Message, introduction: Introduction) -> str:
    put_in_touch = introduction.is_by_catalyst and message.by_user_id == introduction.asked_by_id
    return _("Qui vous met en relation") if put_in_touch else _("Qui accompagne l’échange")


def _read(request: HttpRequest, introduction: Introduction, messages: "Page[Message] | None") -> int:
    """Up to which message they had read before; from now on, up to the last one shown. Looking ahead of time reads
    nothing (HEAD).
    """
    if not messages:
        return 0
    user, last = who(request), messages[-1].pk
    before = unread.up_to(introduction, user)
    if last > before and request.method == "GET":
        unread.note(by=user, introduction=introduction, last=last)
    return before


def _need(introduction: Introduction, user: User) -> Need | None:
    """While they may read it: what it is called since it was hidden is not told here. The subject says what it was."""
    return Need.objects.readable_by(user).filter(pk=introduction.need_id or 0).first()


def _questions(introduction: Introduction) -> list[tuple[date, str]]:
    """When both are asked how their alliance does: one date for both sides."""
    if not introduction.begun_on:
        return []
    days = dict(introduction.checkups.order_by("due_on", "pk").values_list("months", "due_on"))
    return [(day, _("%s après") % AGES[months]) for months, day in days.items()]


def _asked_now(introduction: Introduction, user: User, sides: set[Side]) -> tuple[str, bool] | None:
    """Where they answer for their side, while the questions are open, and whether they did: somebody who came since
    has no mail.
    """
    if len(sides) != 1 or not introduction.begun_on or not is_followed(introduction):
        return None
    asked = introduction.checkups.filter(asked_at__isnull=False, closes_on__gte=timezone.localdate())
    latest = asked.filter(side__in=sides).order_by("-months").first()
    return (follow_up_path(latest, user), latest.answered_at is not None) if latest else None


def _warning(introduction: Introduction, user: User) -> str:
    if not introduction.is_by_catalyst:
        return _("Un catalyseur du territoire, ou le secrétariat, est prévenu")
    if is_proposer(user, introduction):
        return _("Vous êtes prévenu, ou un autre tiers en votre absence")
    return _("La personne qui propose cette mise en relation est prévenue, ou un autre tiers en son absence")


def _closing(introduction: Introduction) -> str:
    if introduction.is_by_catalyst:
        return _("La proposition est close, et un courriel le dit aux trois")
    return _("La demande est close, et un courriel le dit aux deux")


def _steps(introduction: Introduction, user: User, unheard: list[str]) -> list[tuple[Step, str]]:
    """Those of this round, done and to come, each in words; `unheard`: the names for which nobody acts."""
    owing = [introduction.name_of(side) for side in Side if introduction.owes(side)]
    heard, mute = " et ".join(name for name in owing if name not in unheard), " et ".join(unheard)
    if heard or not mute:
        reminder = _("Rappel par courriel à %s") % heard if heard else _("Rappel par courriel")
    else:
        reminder = _("Rappel par courriel, si quelqu’un agit alors ici pour %s") % mute
    words = {
        StepKind.REMINDER: reminder,
        StepKind.WARNING: _warning(introduction, user),
        StepKind.CLOSING: _closing(introduction),
    }
    nobody = _("Rappel par courriel : personne n’agissait ici pour le recevoir")
    steps = introduction.steps.filter(round=introduction.round)
    return [(each, nobody if each.outcome == Outcome.NOBODY else words[StepKind(each.kind)]) for each in steps]
