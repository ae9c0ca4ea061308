"""The page an invitation leads to: says what it is, or why it no longer holds."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairealliance.accounts.models import User
from fairealliance.lib.lives import NotAllowed
from fairealliance.organisations.members import invitations
from fairealliance.organisations.members.invitations import ForAnother
from fairealliance.organisations.models import Invitation


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """404 for a link that is not ours, 410 for one that is over, 403 for one that is for somebody else."""
    found = invitations.find(token)
    if found is None:
        return render(request, "organisations/members/unknown_invitation.html", status=404)
    try:
        if not isinstance(request.user, User):
            invitations.check_good(found)
            return _asked_to_enter(request, found)
        if request.method != "POST":
            invitations.check(found, request.user)
            return render(request, "organisations/members/invitation.html", {"invitation": found})
        if "decliner" in request.POST:
            return _decline(request, request.user, found)
        member = invitations.accept(by=request.user, invitation=found)
    except NotAllowed as error:
        return _over(request, found, error)
    messages.success(request, _("Bienvenue : vous agissez désormais pour l’organisation."))
    return redirect("members:team", member.organisation_id)


def _decline(request: HttpRequest, user: User, found: Invitation) -> HttpResponse:
    invitations.decline(by=user, invitation=found)
    messages.success(request, _("C’est noté : vous n’agissez pas pour l’organisation. Qui vous a invité le saura."))
    return redirect("accounts:space")


def _asked_to_enter(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Whoever is not signed in is told so; whether the address has an account is told to nobody."""
    context = {"invitation": found, "masked": invitations.masked(found.email), "then": request.path}
    return render(request, "organisations/members/enter.html", context)


def _over(request: HttpRequest, found: Invitation, error: NotAllowed) -> HttpResponse:
    is_in = found.accepted_by_id is not None and found.accepted_by_id == request.user.pk
    context = {"invitation": found, "problem": str(error), "is_in": is_in}
    status = 403 if isinstance(error, ForAnother) else 410
    return render(request, "organisations/members/not_valid.html", context, status=status)
