"""Two questions by the link of a mail, and what all the answers say."""

import csv
import io
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fairealliance.introductions import actions, durability, links
from fairealliance.introductions.actions.following import MONTHS, is_open
from fairealliance.introductions.enums import Side
from fairealliance.introductions.forms import FollowUpForm
from fairealliance.introductions.life import NotAllowed
from fairealliance.introductions.models import Checkup, Introduction
from fairealliance.provenance.pages import trail_to
from fairealliance.territories.enums import State

_NAMES = ("mois", "selon", "valeur", "etat", "alliances", "vivantes", "avis_partages")


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, token: str) -> HttpResponse:
    """Without signing in: whoever has the link answers for that side, and changes it until it closes."""
    held = links.read(token)
    if held is None:
        raise Http404
    if request.method != "POST":
        return _page(request, held, FollowUpForm(initial=_answers(held)))
    form, done = FollowUpForm(request.POST), False
    if not is_open(held, timezone.localdate()):
        return _page(request, held, form, status=HTTPStatus.GONE)
    if form.is_valid():
        try:
            held, done = actions.answer(checkup=held, **form.cleaned_data), True
        except NotAllowed:  # it closed in between
            return _page(request, held, form, status=HTTPStatus.GONE)
        held.introduction = _introduction(held)
    return _page(request, held, form, done=done, status=HTTPStatus.OK if done else HTTPStatus.UNPROCESSABLE_ENTITY)


def _introduction(held: Checkup) -> Introduction:
    return Introduction.objects.with_parties().get(pk=held.introduction_id)


def _answers(held: Checkup) -> dict[str, str]:
    return {"lives": held.lives, "changed": held.changed, "words": held.words}


def _page(
    request: HttpRequest, held: Checkup, form: FollowUpForm, *, done: bool = False, status: int = 200
) -> HttpResponse:
    other = Side.ASKED if held.side == Side.ASKER else Side.ASKER
    context = {
        "checkup": held,
        "other": held.introduction.name_of(other),
        "own": held.introduction.name_of(held.side),
        "subject": held.introduction.subject,
        "is_open": is_open(held, timezone.localdate()),
        "done": done,
        "form": form,
    }
    answer = render(request, "introductions/follow_up.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    context = {
        "tables": [(months, durability.at(months)) for months in MONTHS],
        "least": durability.LEAST,
        "trail": trail_to((_("Les alliances durent-elles ?"), "")),
    }
    return render(request, "introductions/durability.html", context)


@require_safe
def results_file(request: HttpRequest) -> HttpResponse:
    """One line per month, cut and value; what is secret is left empty, and says so."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=";")
    table.writerow(_NAMES)
    for months in MONTHS:
        for row in durability.at(months):
            figures = [row.alliances, row.alive, row.divided] if row.state == State.KNOWN else [""] * 3
            table.writerow([months, row.cut, row.label, row.state, *figures])
    answer = HttpResponse("\ufeff" + out.getvalue(), "text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="duree-des-alliances.csv"'
    return answer
