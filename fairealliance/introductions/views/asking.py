"""Asking to be put in touch: from the page of an organisation, of a need or an offer, or from a suggestion."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairealliance.accounts.actors import who
from fairealliance.accounts.models import User
from fairealliance.introductions import actions, ladder
from fairealliance.introductions.actions.asking import AlreadyOpen
from fairealliance.introductions.forms import AskForm, ProposeForm
from fairealliance.introductions.permissions import can_propose
from fairealliance.lib.lives import NotAllowed
from fairealliance.lib.text_fr import shorten, without_controls
from fairealliance.matching.room import room_of
from fairealliance.needs.enums import Visibility
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Organisation
from fairealliance.organisations.permissions import can_act_for

_SIDES = ("first", "second")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """`a`: of whom; `besoin`: about which of their needs or offers, or `lien`, of one that goes by link; `pour`: in
    whose name.
    """
    user = who(request)
    need = _need(request, user)
    asked = need.organisation if need else _organisation(request.GET.get("a", ""))
    own = Organisation.objects.filter(members__user=user).order_by("slug", "name", "pk")
    form = AskForm(
        request.POST if request.method == "POST" else None,
        own=own,
        initial=_initial(own, need, request.GET.get("pour", "")),
    )
    said = _("Vous agissez pour %s : demandez plutôt à une autre organisation.") % asked.name
    problem, links = said if can_act_for(user, asked) else "", []
    if request.method == "POST" and form.is_valid():
        try:
            return _asked(request, form, asked, need)
        except AlreadyOpen as error:
            problem, links = str(error), [(error.held.subject, error.held.get_absolute_url())]
        except NotAllowed as error:
            problem = str(error)
    context: dict[str, Any] = {
        "asked": asked,
        "need": need,
        "need_href": _href(need),
        "support_href": _support_href(asked, need),
        "form": form,
        "acts_for_one": own.exists(),
    }
    context |= {"problem": problem, "links": links}
    return _ask_page(request, asked, context)


def _ask_page(request: HttpRequest, asked: Organisation, context: dict[str, Any]) -> HttpResponse:
    context |= {
        "is_full": room_of(asked.pk) == 0,
        "has_nobody": not asked.members.filter(user__is_active=True).exists(),
        "ladder": ladder.current(),
        "page_key": get_random_string(16),
    }
    return render(request, "introductions/ask.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """A catalyst, for two others, `a` and `b`. Whoever is none is told who may."""
    initial = {"first": _given(request, "a"), "second": _given(request, "b")}
    form = ProposeForm(request.POST if request.method == "POST" else None, initial=initial)
    problem, may = "", can_propose(who(request))
    full, is_told = _full(form), request.POST.get("plein") == "oui"
    if request.method == "POST" and may and form.is_valid() and (is_told or not full):
        key = without_controls(request.POST.get("page_key", "")) or get_random_string(16)
        try:
            made = actions.propose(by=who(request), page_key=key, **form.cleaned_data)
        except NotAllowed as error:
            problem = str(error)
        else:
            messages.success(request, _("C’est proposé aux deux : chacune dira oui pour elle-même."))
            return redirect(made)
    context = {
        "form": form,
        "sides": [_shown(form, name) for name in _SIDES],
        "full": full,
        "is_asked_again": request.method == "POST" and bool(full) and not form.errors and not problem,
        "problem": problem,
        "may": may,
        "ladder": ladder.current(),
        "page_key": get_random_string(16),
    }
    return render(request, "introductions/propose.html", context, status=422 if request.method == "POST" else 200)


def _full(form: ProposeForm) -> list[Organisation]:
    """Those of both that say they can follow no more: told before it is sent, and it may be sent all the same."""
    form.is_valid()
    typed = form.cleaned_data if form.is_bound else {}
    refs = [str(form[name].value() or "") for name in _SIDES]
    chosen = [typed.get(name) or _known(ref) for name, ref in zip(_SIDES, refs, strict=True)]
    return [each for each in chosen if each and room_of(each.pk) == 0]


def _given(request: HttpRequest, name: str) -> str:
    number = request.GET.get(name, "")
    return f"organisation:{_organisation(number).pk}" if number else ""


def _shown(form: ProposeForm, name: str) -> dict[str, Any]:
    """What the component of suggestions needs: the words, and the reference behind them."""
    said, field = str(form[name].value() or ""), form[name]
    ref = said if said.startswith("organisation:") else ""
    known = _known(ref)
    text = known.name if known else said
    return {"name": name, "label": field.label, "error": " ".join(map(str, field.errors)), "text": text, "ref": ref}


def _known(ref: str) -> Organisation | None:
    """Raises Http404 for a reference that is none of ours."""
    is_ref = ref.startswith("organisation:")
    return Organisation.objects.numbered(_number(ref.partition(":")[2])).first() if is_ref else None


def _asked(request: HttpRequest, form: AskForm, asked: Organisation, need: Need | None) -> HttpResponse:
    said = form.cleaned_data
    key = without_controls(request.POST.get("page_key", "")) or get_random_string(16)
    made = actions.ask(
        by=who(request),
        asker=said["asker"],
        asked=asked,
        need=need,
        subject=said["subject"],
        text=said["text"],
        page_key=key,
    )
    messages.success(request, _("C’est demandé. Vous voyez ici, dès maintenant, ce qui suivra."))
    return redirect(made)


def _need(request: HttpRequest, user: User) -> Need | None:
    """Raises Http404 for one that they may not read."""
    number, token = request.GET.get("besoin", ""), request.GET.get("lien", "")
    shown = Need.objects.listed().select_related("organisation")
    if token:
        return get_object_or_404(shown, token=without_controls(token), visibility=Visibility.LINK)
    return get_object_or_404(shown.readable_by(user), pk=_number(number)) if number else None


def _href(need: Need | None) -> str:
    """The page of it that they may open."""
    if need is None:
        return ""
    return need.link() if need.visibility == Visibility.LINK else need.get_absolute_url()


def _support_href(asked: Organisation, need: Need | None) -> str:
    """Where a catalyst is asked to help with it, filled with what is known; what goes by link only is not named."""
    about = _("Entrer en relation avec %s.") % asked.name
    if need and need.visibility != Visibility.LINK:
        about += (
            " " + (_("Au sujet de son besoin : %s.") if need.is_need else _("Au sujet de son offre : %s.")) % need.title
        )
    told = {"defi": about} | ({"ou": f"{asked.seat.level}:{asked.seat.code}"} if asked.seat else {})
    return f"{reverse('my_network:ask')}?{urlencode(told)}"


def _organisation(number: str) -> Organisation:
    return get_object_or_404(Organisation.objects.numbered(_number(number)))


def _number(said: str) -> int:
    if not (said.isascii() and said.isdecimal() and len(said) < 12):
        raise Http404
    return int(said)


def _initial(own: Any, need: Need | None, chosen: str) -> dict[str, Any]:
    """`chosen`: the number of theirs in whose name, when the page they come from knows."""
    only = [each for each in own if str(each.pk) == chosen] or list(own[:2])
    subject = shorten(need.title, 120) if need else ""
    return {"asker": only[0].pk if len(only) == 1 else None, "subject": subject}
