"""Somebody invited to administer an organisation for which nobody acts: the secretariat alone can, before anybody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairealliance.lib.lives import NotAllowed
from fairealliance.organisations.enums import Role
from fairealliance.organisations.members import invitations
from fairealliance.organisations.members.forms import InviteForm
from fairealliance.organisations.models import Organisation
from fairealliance.staff.access import actor, editor_required


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    form = InviteForm(request.POST if request.method == "POST" else None, initial={"role": Role.ADMINISTRATOR})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            invitations.invite(
                by=actor(request), organisation=organisation, email=said["email"], role=Role(said["role"])
            )
        except NotAllowed as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, _("L’invitation est partie."))
            return redirect("staff_organisations:invite", pk)
    context = {
        "organisation": organisation,
        "form": form,
        "acting": organisation.members.with_people(),
        "waiting": organisation.invitations.waiting(),
    }
    return render(request, "staff/organisations/invite.html", context, status=422 if form.errors else 200)
