"""One's own introductions, and the page of one: how it stands, what comes next, its thread."""

from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from fairealliance.accounts.models import User
from fairealliance.introductions import acts, ladder
from fairealliance.introductions.actions.leading import is_in_grace
from fairealliance.introductions.enums import Side, StepKind
from fairealliance.introductions.forms import MessageForm
from fairealliance.introductions.life import Verb, can
from fairealliance.introductions.mails import people_of
from fairealliance.introductions.masking import masked
from fairealliance.introductions.models import Introduction, Message, Step
from fairealliance.introductions.permissions import can_lead, can_read_thread, is_proposer, sides_of, yes_missing
from fairealliance.introductions.querysets import IntroductionQuerySet
from fairealliance.introductions.views.shared import for_visible, who
from fairealliance.organisations.models import Member
from fairealliance.provenance.pages import page_of

MESSAGES_A_PAGE = 50
SHOWN_PEOPLE = 8
LISTS = {
    "a-repondre": gettext_lazy("À répondre"),
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


class Contact(NamedTuple):
    organisation: str
    people: list[User]


def _listed(user: User, name: str) -> IntroductionQuerySet:
    mine = Introduction.objects
    if name == "a-repondre":
        return mine.owed_by(user)
    if name == "en-attente":
        return mine.awaited_by(user)
    return mine.of(user).under_way() if name == "en-cours" else mine.of(user).over()


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Four lists, each by page. Nine queries at most, whatever their number."""
    user = who(request)
    counts = {name: _listed(user, name).count() for name in LISTS}
    first = next((name for name, count in counts.items() if count), "a-repondre")
    chosen = request.GET.get("liste", "")
    chosen = chosen if chosen in LISTS else first
    context = {
        "lists": [(name, label, counts[name]) for name, label in LISTS.items()],
        "chosen": chosen,
        "title": LISTS[chosen],
        "page": page_of(request, _listed(user, chosen).with_parties()),
        "query": f"liste={chosen}",
        "has_any": any(counts.values()),
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
    messages = _messages(request, introduction) if may_read else None
    context = {
        "introduction": introduction,
        "asker": introduction.name_of(Side.ASKER),
        "asked": introduction.name_of(Side.ASKED),
        "of_both": len(sides) == 2,
        "may_read": may_read,
        "may_write": may_read and introduction.is_open and len(sides) < 2,
        "words": introduction.words if introduction.begun_on else masked(introduction.words),
        "buttons": _buttons(user, introduction) if len(sides) < 2 else [],
        "messages_page": messages,
        "lines": [_line(each, introduction, user, sides) for each in messages] if messages else [],
        "contacts": _contacts(introduction) if may_read and introduction.is_reachable else [],
        "steps": _steps(introduction),
        "in_grace": can(Verb.WITHDRAW, introduction.status) and is_in_grace(introduction, now),
        "is_asking": is_proposer(user, introduction) or (not introduction.is_by_catalyst and Side.ASKER in sides),
        "grace_days": ladder.current().grace_days,
        "acts": acts.of(introduction),
        "waits_for": [introduction.name_of(side) for side in Side if introduction.owes(side)],
        "yes_missing": [introduction.name_of(side) for side in yes_missing(introduction)],
        "form": form,
        "page_key": get_random_string(16),
    }
    return render(request, "introductions/detail.html", context, status=status)


_BUTTONS = (
    (Verb.ACCEPT, "accept", gettext_lazy("Accepter")),
    (Verb.DECLINE, "decline", gettext_lazy("Décliner")),
    (Verb.BEGIN, "begin", gettext_lazy("Notre alliance commence")),
    (Verb.WITHDRAW, "withdraw", gettext_lazy("Retirer la demande")),
    (Verb.END, "end", gettext_lazy("Mettre fin à l’échange")),
)


def _buttons(user: User, introduction: Introduction) -> list[tuple[str, Any, bool]]:
    """(route, label, whether it is the main one) of what they may do now."""
    found = []
    said_yes = {Side(side) for side in Side} - set(yes_missing(introduction))
    for verb, name, label in _BUTTONS:
        already = verb == Verb.ACCEPT and sides_of(user, introduction) <= said_yes
        if can(verb, introduction.status) and not already and can_lead(user, introduction, verb):
            found.append((f"introductions:{name}", label, verb in (Verb.ACCEPT, Verb.BEGIN)))
    return found


def _messages(request: HttpRequest, introduction: Introduction) -> "Page[Message]":
    """In the order they were written; the latest page unless another is asked."""
    written = introduction.messages.select_related("by_user").prefetch_related("attachments")
    pages = Paginator(written, MESSAGES_A_PAGE)
    return pages.get_page(request.GET.get("page") or pages.num_pages)


def _line(message: Message, introduction: Introduction, user: User, sides: set[Side]) -> Line:
    own = message.by_user_id == user.pk or message.side in sides
    open_ = own or introduction.begun_on or introduction.is_reachable
    text = message.text if open_ else masked(message.text)
    name = introduction.name_of(message.side) if message.side else _("Mise en relation par un tiers")
    author = message.by_user.name if message.by_user else _("une personne qui a fermé son compte")
    return Line(message, name, author if open_ else "", text, own)


def _contacts(introduction: Introduction) -> list[Contact]:
    """How to reach each other, once both said yes."""
    return [Contact(introduction.name_of(side), list(people_of(introduction, side)[:SHOWN_PEOPLE])) for side in Side]


def _steps(introduction: Introduction) -> list[tuple[Step, str]]:
    """Those of this round, done and to come, each in words."""
    names = " et ".join(introduction.name_of(side) for side in Side if introduction.owes(side))
    words = {
        StepKind.REMINDER: _("Rappel par courriel à %s") % names if names else _("Rappel par courriel"),
        StepKind.WARNING: _("Un catalyseur du territoire, ou le secrétariat, est prévenu"),
        StepKind.CLOSING: _("Clôture honnête, avec un courriel aux deux"),
    }
    return [(step, words[StepKind(step.kind)]) for step in introduction.steps.filter(round=introduction.round)]
