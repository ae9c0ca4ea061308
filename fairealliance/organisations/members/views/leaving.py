"""Leaving an organisation; giving it back when one is alone."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairealliance.accounts.actors import who
from fairealliance.lib.lives import NotAllowed
from fairealliance.organisations.members import actions
from fairealliance.organisations.members.alone import others
from fairealliance.organisations.members.views.shared import for_administrators, for_members
from fairealliance.organisations.models import Member


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def leave(request: HttpRequest, mine: Member) -> HttpResponse:
    """Asked before it is done; the last to administer it reads what to do first."""
    act = partial(actions.leave, by=who(request), organisation=mine.organisation)
    done = _("Vous n’agissez plus pour « %(name)s ».") % {"name": mine.organisation.name}
    return _ask(request, mine, "organisations/members/leave.html", act, done)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def entrust(request: HttpRequest, mine: Member) -> HttpResponse:
    act = partial(actions.entrust, by=who(request), organisation=mine.organisation)
    done = _("« %(name)s » est confiée au secrétariat.") % {"name": mine.organisation.name}
    return _ask(request, mine, "organisations/members/entrust.html", act, done)


def _ask(request: HttpRequest, mine: Member, page: str, act: Callable[[], None], done: str) -> HttpResponse:
    problem = ""
    if request.method == "POST":
        try:
            act()
        except ValidationError as error:
            problem = " ".join(error.messages)
        except NotAllowed as error:
            problem = str(error)
        else:
            messages.success(request, done)
            return redirect("members:mine")
    context = {
        "organisation": mine.organisation,
        "is_last": mine.is_administrator and not others(mine.organisation, mine),
        "is_alone": not mine.organisation.members.exclude(pk=mine.pk).exists(),
        "problem": problem,
    }
    return render(request, page, context, status=409 if problem else 200)
