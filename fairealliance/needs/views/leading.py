"""One's own needs and offers, and the acts that lead their life."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from fairealliance.accounts.actors import who
from fairealliance.lib.lives import NotAllowed
from fairealliance.needs import actions
from fairealliance.needs.enums import Status
from fairealliance.needs.life import READABLE, Verb, can
from fairealliance.needs.models import Need
from fairealliance.needs.permissions import can_moderate
from fairealliance.organisations.models import Member
from fairealliance.provenance.pages import page_of

ACTS = {
    "en-discussion": (Verb.DISCUSS, _("C’est noté : en discussion.")),
    "reprendre": (Verb.RESUME, _("C’est noté : de nouveau ouvert.")),
    "pourvu": (Verb.MEET, _("C’est noté : pourvu. Bravo !")),
    "fermer": (Verb.CLOSE, _("C’est fermé : plus personne ne le voit.")),
    "renouveler": (Verb.RENEW, _("C’est renouvelé.")),
}
_REOPENS = (Status.MET, Status.CLOSED)
# Each with its words, and what it is confirmed by: what others no longer see.
_BUTTONS: dict[Verb, tuple[str, Any, Any]] = {
    Verb.RENEW: ("renouveler", _("Renouveler"), ""),
    Verb.DISCUSS: ("en-discussion", _("En discussion"), ""),
    Verb.RESUME: ("reprendre", _("Plus en discussion"), ""),
    Verb.MEET: (
        "pourvu",
        _("Pourvu"),
        _("Plus personne ne pourra y répondre. Sa page reste pour mémoire. Vous pourrez le rouvrir."),
    ),
    Verb.CLOSE: (
        "fermer",
        _("Fermer"),
        _("Plus personne ne le verra hors de votre organisation. Vous pourrez le rouvrir."),
    ),
}


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Those of one's organisations, by page."""
    user = who(request)
    page = page_of(request, Need.objects.of_member(user).select_related("organisation").order_by("-touched_at", "-pk"))
    rows = [(need, _buttons(need)) for need in page]
    acts_for_one = Member.objects.filter(user=user).exists()
    return render(request, "needs/mine.html", {"page": page, "rows": rows, "acts_for_one": acts_for_one})


def _buttons(need: Need) -> list[tuple[str, Any, Any]]:
    """Renewing what is over opens it again: the button says so."""
    reopening = ("renouveler", _("Rouvrir"), _("Il sera de nouveau dans les listes, pour quatre-vingt-dix jours."))
    is_over = need.status in _REOPENS
    offered = [verb for verb in _BUTTONS if _offered(verb, need)]
    return [reopening if verb == Verb.RENEW and is_over else _BUTTONS[verb] for verb in offered]


def _offered(verb: Verb, need: Need) -> bool:
    return can(verb, need.status) and not (verb == Verb.RENEW and need.closed_by_hub)


@login_required
@require_POST
def state(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """By a member of its organisation; the secretariat may close what is shown."""
    if act not in ACTS:
        raise Http404
    verb, said = ACTS[act]
    user = who(request)
    allowed = Q(pk__in=Need.objects.of_member(user).values("pk"))
    if verb == Verb.CLOSE and can_moderate(user):
        allowed |= Q(status__in=READABLE)
    need = get_object_or_404(Need.objects.filter(allowed), pk=pk)
    try:
        _act(request, need, verb)
    except NotAllowed as error:
        messages.error(request, str(error))
    else:
        reopened = verb == Verb.RENEW and need.status in _REOPENS
        messages.success(request, _("C’est rouvert, pour quatre-vingt-dix jours.") if reopened else said)
    return redirect("my_needs:mine")


def _act(request: HttpRequest, need: Need, verb: Verb) -> None:
    if verb == Verb.RENEW:
        actions.renew(by=who(request), need=need)
    else:
        actions.move(by=who(request), need=need, verb=verb)
