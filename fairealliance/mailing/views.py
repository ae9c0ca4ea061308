"""One's preferences; and the link at the foot of letters."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from fairealliance.accounts.models import User
from fairealliance.mailing import actions, unsubscribing
from fairealliance.mailing.forms import PreferencesForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    form = PreferencesForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.choose(by=request.user, rhythms_by_kind=form.rhythms())
        messages.success(request, _("Vos préférences sont enregistrées."))
        return redirect("mailing:preferences")
    return render(request, "mailing/preferences.html", {"form": form}, status=422 if form.errors else 200)


@csrf_exempt  # RFC 8058: the program of mail posts by itself, and the signed link is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing (programs open links); the button, or one click of RFC 8058, does."""
    wish = unsubscribing.read(token)
    if wish is None:
        raise Http404
    if request.method != "POST":
        return render(request, "mailing/unsubscribe.html", {"wish": wish, "state": "asked"})
    if "retour" in request.POST:
        unsubscribing.come_back(wish)
        return render(request, "mailing/unsubscribe.html", {"wish": wish, "state": "back"})
    unsubscribing.leave(wish)
    return render(request, "mailing/unsubscribe.html", {"wish": wish, "state": "left"})
