"""Following a proposal by its link: where it stands, the thread, a new link, taking it back."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fairealliance.accounts import limits
from fairealliance.contributions import actions, suspicion, tokens
from fairealliance.contributions.forms import STEPS
from fairealliance.contributions.life import EDITABLE, Verb, can
from fairealliance.contributions.models import Proposal
from fairealliance.contributions.pace import MOST_LINKS, MOST_LINKS_OF_ONE, MOST_LINKS_TO_ONE, MOST_MESSAGES, WINDOW
from fairealliance.contributions.story import Chapter, story_of
from fairealliance.contributions.views.shared import by_link, private
from fairealliance.contributions.views.step_page import trail
from fairealliance.lib.text_fr import without_controls

_LONGEST = 4000


@require_safe
@by_link
def case(request: HttpRequest, proposal: Proposal, token: str) -> HttpResponse:
    """Where it stands and what can be done."""
    return _case(request, proposal, token)


def _unfinished(proposal: Proposal, chapters: list[Chapter]) -> str:
    """Where to go on: the first step never opened, though it may ask for nothing, or that is not right yet."""
    said = proposal.content
    return next((each.slug for each in chapters if each.slug not in said or not each.is_right), next(iter(STEPS)))


def _case(
    request: HttpRequest,
    proposal: Proposal,
    token: str,
    status: int = 200,
    error: str = "",
    text: str = "",
    email: str = "",
) -> HttpResponse:
    attachments = list(proposal.attachments.all())
    chapters = story_of(proposal, attachments)
    context = {
        "proposal": proposal,
        "token": token,
        "chapters": chapters,
        "messages_sent": list(proposal.messages.all()),
        "editable": proposal.status in EDITABLE,
        "can_withdraw": can(Verb.WITHDRAW, proposal.status),
        "unfinished": _unfinished(proposal, chapters),
        "stamp": suspicion.new_stamp(),
        "error": error,
        "text": text,
        "email": email or proposal.contact_email,
        "link_sent": "lien" in request.GET,
        "address": request.build_absolute_uri(reverse("contributions:case", args=[token])),
        "trail": trail(_("Suivre")),
    }
    return render(request, "contributions/case.html", context, status=status)


@require_POST
@by_link
def answer(request: HttpRequest, proposal: Proposal, token: str) -> HttpResponse:
    """A line of the thread."""
    text = without_controls(request.POST.get("text", "")).strip()
    if not text or len(text) > _LONGEST:
        said = _("Écrivez votre réponse.") if not text else _("Quatre mille signes au plus : raccourcissez.")
        return _case(request, proposal, token, status=422, error=said, text=text)
    if not limits.may("contribution-message", request, most=MOST_MESSAGES, window=WINDOW):
        said = _("Beaucoup de messages ont été envoyés d’ici : réessayez dans une heure.")
        return _case(request, proposal, token, status=429, error=said, text=text)
    key = suspicion.page_key(request.POST.get(suspicion.STAMP, "") or text)
    actions.answer(proposal=proposal, text=text, page_key=key)
    return redirect(reverse("contributions:case", args=[token]) + "#echanges")


@require_POST
@by_link
def withdraw(request: HttpRequest, proposal: Proposal, token: str) -> HttpResponse:
    actions.withdraw(proposal=proposal)
    return redirect("contributions:case", token)


@require_POST
@by_link
def mail_link(request: HttpRequest, proposal: Proposal, token: str) -> HttpResponse:
    """A link to come back, by mail."""
    email = request.POST.get("email", "").strip()
    try:
        validate_email(email)
    except ValidationError:
        said = _("Cette adresse de courriel n’est pas complète.")
        return _case(request, proposal, token, status=422, error=said, email=email[:254])
    if suspicion.looks_automatic(request):
        said = _("Cette page est restée ouverte trop longtemps, ou a été remplie toute seule : envoyez de nouveau.")
        return _case(request, proposal, token, status=422, error=said, email=email)
    if not _may_mail(request, proposal, email):
        said = _("Plusieurs liens ont déjà été envoyés : réessayez dans une heure, ou gardez l’adresse de cette page.")
        return _case(request, proposal, token, status=429, error=said, email=email)
    actions.mail_link(proposal=proposal, email=email)
    return redirect(reverse("contributions:case", args=[token]) + "?lien=1")


def _may_mail(request: HttpRequest, proposal: Proposal, email: str) -> bool:
    """Whoever begins a draft could have it mailed to anyone: counted by visitor, by proposal and by address."""
    within = limits.may("contribution-link", request, most=MOST_LINKS, window=WINDOW)
    of_one = limits.count_of("contribution-link-of", str(proposal.pk), window=WINDOW) <= MOST_LINKS_OF_ONE
    to_one = limits.count_of("contribution-link-to", email.lower(), window=WINDOW) <= MOST_LINKS_TO_ONE
    return within and of_one and to_one


@never_cache
@require_POST
def renew(request: HttpRequest, token: str) -> HttpResponse:
    """An expired link asks for a new one: it goes to the address already left, never to another."""
    link = tokens.find(token)
    if link is None:
        return private(render(request, "contributions/unknown_link.html", status=404))
    if tokens.is_good(link):
        return private(redirect("contributions:case", token))
    sent = _may_mail(request, link.proposal, link.proposal.contact_email)
    if sent:
        actions.mail_link(proposal=link.proposal)
    context = {"token": token, "proposal": link.proposal, "sent": sent, "too_many": not sent}
    return private(render(request, "contributions/expired_link.html", context, status=200 if sent else 429))
