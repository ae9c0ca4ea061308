"""Who acts for the organisation: seen by its members, changed by those who administer it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fairealliance.accounts.actors import who
from fairealliance.lib.lives import NotAllowed
from fairealliance.organisations.enums import Role
from fairealliance.organisations.members import actions, invitations
from fairealliance.organisations.members.forms import InviteForm, RoleForm
from fairealliance.organisations.members.views.shared import (
    for_administrators,
    for_members,
    require_own_administrator,
    sent,
)
from fairealliance.organisations.models import Member


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def team(request: HttpRequest, mine: Member) -> HttpResponse:
    """Posting invites."""
    if request.method != "POST":
        return _team(request, mine, InviteForm())
    require_own_administrator(mine)
    form = InviteForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            invitations.invite(
                by=who(request), organisation=mine.organisation, email=said["email"], role=Role(said["role"])
            )
        except NotAllowed as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, _("L’invitation est partie."))
            return redirect("members:team", mine.organisation_id)
    return _team(request, mine, form)


def _team(request: HttpRequest, mine: Member, form: InviteForm) -> HttpResponse:
    organisation = mine.organisation
    context = {
        "organisation": organisation,
        "mine": mine,
        "members": organisation.members.with_people(),
        "invitations": organisation.invitations.waiting() if mine.is_administrator else [],
        "form": form,
    }
    return render(request, "organisations/members/team.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def role(request: HttpRequest, mine: Member, member: int) -> HttpResponse:
    """Asked before it is done."""
    other = get_object_or_404(mine.organisation.members.with_people(), pk=member)
    form, refused = RoleForm(sent(request), initial={"role": other.role}), False
    if request.method == "POST" and form.is_valid():
        try:
            actions.name(by=who(request), member=other, role=Role(form.cleaned_data["role"]))
        except (ValidationError, NotAllowed) as error:
            form.add_error(None, _said(error))
            refused = True
        else:
            messages.success(request, _("Le rôle est changé."))
            return redirect("members:team", mine.organisation_id)
    context = {"organisation": mine.organisation, "member": other, "form": form}
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "organisations/members/role.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def remove(request: HttpRequest, mine: Member, member: int) -> HttpResponse:
    """Asked before it is done. Oneself, one leaves."""
    other = get_object_or_404(mine.organisation.members.with_people(), pk=member)
    if other.pk == mine.pk:
        return redirect("members:leave", mine.organisation_id)
    problem = ""
    if request.method == "POST":
        try:
            actions.remove(by=who(request), member=other)
        except (ValidationError, NotAllowed) as error:
            problem = _said(error)
        else:
            messages.success(request, _("Cette personne n’agit plus pour l’organisation. Elle en est avertie."))
            return redirect("members:team", mine.organisation_id)
    context = {"organisation": mine.organisation, "member": other, "problem": problem}
    return render(request, "organisations/members/remove.html", context, status=409 if problem else 200)


@require_POST
@for_administrators
def cancel(request: HttpRequest, mine: Member, invitation: int) -> HttpResponse:
    invitations.cancel(by=who(request), invitation=get_object_or_404(mine.organisation.invitations, pk=invitation))
    messages.success(request, _("L’invitation est retirée : son lien ne vaut plus rien."))
    return redirect("members:team", mine.organisation_id)


def _said(error: ValidationError | NotAllowed) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
