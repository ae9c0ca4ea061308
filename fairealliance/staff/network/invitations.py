"""Inviting somebody to be a catalyst: by mail, until they answer or it is taken back."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from fairealliance.lib.lives import NotAllowed
from fairealliance.lib.typed import Line, Words
from fairealliance.network import actions
from fairealliance.network.models import Invited
from fairealliance.provenance.pages import page_of
from fairealliance.staff.access import actor, editor_required


class InviteForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("Son courriel"), max_length=254)
    name = Line(label=gettext_lazy("Son nom"), max_length=120, required=False)
    words = Words(label=gettext_lazy("Un mot de vous"), max_length=1_500, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def index(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(by=actor(request), **form.cleaned_data)
        except NotAllowed as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, _("L’invitation est partie."))
            return redirect("staff_network:invitations")
    found = Invited.objects.select_related("user").order_by("-invited_at", "-pk")
    context = {"form": form, "page": page_of(request, found)}
    return render(request, "staff/network/invitations.html", context, status=422 if form.errors else 200)


@require_POST
@editor_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    actions.take_back_invitation(by=actor(request), invited=get_object_or_404(Invited, pk=pk))
    messages.success(request, _("L’invitation est retirée ; le compte reste."))
    return redirect("staff_network:invitations")
