"""The acts that lead an introduction: each says first what it does, then is done by a button."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from fairealliance.accounts.actors import who
from fairealliance.introductions import actions, proposers
from fairealliance.introductions.enums import Side
from fairealliance.introductions.forms import BeginForm, DeclineForm, EndForm
from fairealliance.introductions.life import Verb, can
from fairealliance.introductions.models import Introduction
from fairealliance.introductions.permissions import can_lead, require
from fairealliance.introductions.views.shared import for_visible
from fairealliance.lib.lives import NotAllowed

Act = Callable[..., object]


def _step(
    request: HttpRequest,
    introduction: Introduction,
    verb: Verb,
    act: Act,
    said: Any,
    form: forms.Form | None = None,
) -> HttpResponse:
    """Asks, then does. One who may not is refused; what is no longer possible is told on the page of it all."""
    user = who(request)
    require(can_lead(user, introduction, verb))
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            act(by=user, introduction=introduction, **(form.cleaned_data if form else {}))
        except NotAllowed as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said)
        return redirect(introduction)
    if request.method != "POST" and not can(verb, introduction.status):
        return redirect(introduction)
    context = {
        "introduction": introduction,
        "asker": introduction.name_of(Side.ASKER),
        "asked": introduction.name_of(Side.ASKED),
        "verb": verb.value,
        "proposer": proposers.of(introduction),
        "form": form,
    }
    return render(request, "introductions/act.html", context, status=422 if request.method == "POST" else 200)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@for_visible
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, introduction: Introduction) -> HttpResponse:
    return _step(request, introduction, Verb.ACCEPT, actions.accept, _("C’est noté : vous avez dit oui."))


@for_visible
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, introduction: Introduction) -> HttpResponse:
    form = DeclineForm(_sent(request))
    return _step(request, introduction, Verb.DECLINE, actions.decline, _("C’est noté, et dit avec vos mots."), form)


@for_visible
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, introduction: Introduction) -> HttpResponse:
    return _step(request, introduction, Verb.WITHDRAW, actions.withdraw, _("La demande est retirée."))


@for_visible
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, introduction: Introduction) -> HttpResponse:
    form = BeginForm(_sent(request))
    return _step(request, introduction, Verb.BEGIN, actions.begin, _("Bravo ! L’alliance commence."), form)


@for_visible
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, introduction: Introduction) -> HttpResponse:
    form = EndForm(_sent(request))
    return _step(request, introduction, Verb.END, actions.end, _("L’échange est clos."), form)
