"""Two questions about an alliance, answered by the link of a mail."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fairealliance.introductions import actions, links
from fairealliance.introductions.actions.following import is_followed, is_open
from fairealliance.introductions.enums import other
from fairealliance.introductions.forms import FollowUpForm
from fairealliance.introductions.mails import people_of
from fairealliance.introductions.models import Checkup, Introduction
from fairealliance.lib.lives import NotAllowed


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, token: str) -> HttpResponse:
    """Without signing in: whoever it was sent to answers for their side while they act for it, and changes it until it
    closes. Anybody else reads who may, and nothing of the alliance.
    """
    found = links.read(token)
    if found is None:
        raise Http404
    held = found.checkup
    if found.user is None:
        return _closed_to(request, held)
    if request.method != "POST":
        return _page(request, held, FollowUpForm(initial=_answers(held)))
    form, done = FollowUpForm(request.POST), False
    if not _is_asked(held):
        return _page(request, held, form, status=HTTPStatus.GONE)
    if form.is_valid():
        try:
            held, done = actions.answer(by=found.user, checkup=held, **form.cleaned_data), True
        except NotAllowed:  # it closed in between
            return _page(request, held, form, status=HTTPStatus.GONE)
        held.introduction = _introduction(held)
    return _page(request, held, form, done=done, status=HTTPStatus.OK if done else HTTPStatus.UNPROCESSABLE_ENTITY)


def _is_asked(held: Checkup) -> bool:
    return is_open(held, timezone.localdate()) and is_followed(held.introduction)


def _introduction(held: Checkup) -> Introduction:
    return Introduction.objects.with_parties().get(pk=held.introduction_id)


def _answers(held: Checkup) -> dict[str, str]:
    return {"lives": held.lives, "changed": held.changed, "words": held.words}


def _closed_to(request: HttpRequest, held: Checkup) -> HttpResponse:
    """Who can answer now."""
    introduction = held.introduction
    context = {
        "own": introduction.name_of(held.side),
        "is_gone": introduction.organisation_id_of(held.side) is None,
        "acting": people_of(introduction, held.side).count(),
    }
    return _rendered(request, "introductions/follow_up_closed.html", context, HTTPStatus.FORBIDDEN)


def _page(
    request: HttpRequest, held: Checkup, form: FollowUpForm, *, done: bool = False, status: int = 200
) -> HttpResponse:
    introduction = held.introduction
    side = other(held.side)
    name, before = introduction.name_of(side), getattr(introduction, f"{side}_name")
    context = {
        "checkup": held,
        "other": name,
        "before": before if before != name else "",
        "own": introduction.name_of(held.side),
        "subject": introduction.subject,
        "is_open": _is_asked(held),
        "is_followed": is_followed(introduction),
        "is_gone": introduction.organisation_id_of(side) is None,
        "done": done,
        "form": form,
    }
    return _rendered(request, "introductions/follow_up.html", context, status)


def _rendered(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    answer = render(request, template, context, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
