"""Asking to be put in touch: from the page of an organisation, of a need or an offer, or from a suggestion."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairealliance.accounts.models import User
from fairealliance.introductions import actions, ladder
from fairealliance.introductions.actions.asking import AlreadyOpen
from fairealliance.introductions.forms import AskForm, ProposeForm
from fairealliance.introductions.life import NotAllowed
from fairealliance.introductions.permissions import can_propose
from fairealliance.introductions.views.shared import who
from fairealliance.lib.text_fr import shorten, without_controls
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Organisation
from fairealliance.organisations.permissions import can_act_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """`a`: of whom; `besoin`: about which of their needs or offers; `pour`: in whose name."""
    user = who(request)
    need = _need(request, user)
    asked = need.organisation if need else _organisation(request.GET.get("a", ""))
    own = Organisation.objects.filter(members__user=user).order_by("name", "pk")
    form = AskForm(
        request.POST if request.method == "POST" else None,
        own=own,
        initial=_initial(own, need, request.GET.get("pour", "")),
    )
    problem = _("Vous agissez pour %s : demandez plutôt à une autre organisation.") % asked.name
    problem = problem if can_act_for(user, asked) else ""
    if request.method == "POST" and form.is_valid():
        try:
            return _asked(request, form, asked, need)
        except AlreadyOpen as error:
            messages.info(request, str(error))
            return redirect(error.held)
        except NotAllowed as error:
            problem = str(error)
    context = {
        "asked": asked,
        "need": need,
        "form": form,
        "problem": problem,
        "has_nobody": not asked.members.filter(user__is_active=True).exists(),
        "acts_for_one": own.exists(),
        "ladder": ladder.current(),
        "page_key": get_random_string(16),
    }
    wrong = request.method == "POST"
    return render(request, "introductions/ask.html", context, status=422 if wrong else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """A catalyst, for two others; `a`: the first of them. Whoever is none is told who may."""
    form = ProposeForm(request.POST if request.method == "POST" else None, initial={"first": _first(request)})
    problem, may = "", can_propose(who(request))
    if request.method == "POST" and may and form.is_valid():
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
        "sides": [_shown(form, name) for name in ("first", "second")],
        "problem": problem,
        "may": may,
        "ladder": ladder.current(),
        "page_key": get_random_string(16),
    }
    return render(request, "introductions/propose.html", context, status=422 if request.method == "POST" else 200)


def _first(request: HttpRequest) -> str:
    number = request.GET.get("a", "")
    return f"organisation:{_organisation(number).pk}" if number else ""


def _shown(form: ProposeForm, name: str) -> dict[str, Any]:
    """What the component of suggestions needs: the words, and the reference behind them."""
    said, field = str(form[name].value() or ""), form[name]
    ref = said if said.startswith("organisation:") else ""
    known = Organisation.objects.filter(pk=_number(ref.partition(":")[2])).first() if ref else None
    text = known.name if known else said
    return {"name": name, "label": field.label, "error": " ".join(map(str, field.errors)), "text": text, "ref": ref}


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
    number = request.GET.get("besoin", "")
    if not number:
        return None
    seen = Need.objects.listed().readable_by(user).select_related("organisation")
    return get_object_or_404(seen, pk=_number(number))


def _organisation(number: str) -> Organisation:
    return get_object_or_404(Organisation, pk=_number(number))


def _number(said: str) -> int:
    if not (said.isascii() and said.isdecimal() and len(said) < 12):
        raise Http404
    return int(said)


def _initial(own: Any, need: Need | None, chosen: str) -> dict[str, Any]:
    """`chosen`: the number of theirs in whose name, when the page they come from knows."""
    only = [each for each in own if str(each.pk) == chosen] or list(own[:2])
    subject = shorten(need.title, 120) if need else ""
    return {"asker": only[0].pk if len(only) == 1 else None, "subject": subject}
