"""Telling of an organisation that nobody knew, once one looked for it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairealliance.accounts.actors import who
from fairealliance.lib.lives import NotAllowed
from fairealliance.lib.text_fr import squeeze
from fairealliance.organisations import doubles
from fairealliance.organisations.actions import OrganisationData
from fairealliance.organisations.members import claims
from fairealliance.organisations.members.forms import CreateForm
from fairealliance.organisations.members.views.shared import sent
from fairealliance.organisations.models import Organisation

_NONE_OF_THEM = "aucune"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A number that we know leads to who bears it; those that look alike are shown first, and must be set aside."""
    searched = squeeze(request.GET.get("nom", ""))[:300]
    form = CreateForm(sent(request), initial={"name": searched[:1].upper() + searched[1:]})
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    said = form.cleaned_data
    known = doubles.by_number(said["siren"], said["rna"])
    if known is not None:
        return _page(request, form, known=known)
    alike = doubles.near(said["name"], said["seat"].pk)
    if alike and request.POST.get("doubles") != _NONE_OF_THEM:
        return _page(request, form, alike=alike)
    try:
        claims.propose(by=who(request), proposed=_told(said), position=said["position"], message=said["message"])
    except NotAllowed as error:
        form.add_error(None, str(error))
        return _page(request, form)
    messages.success(request, _("C’est noté. Le secrétariat vérifie, et vous répondra par courriel."))
    return redirect("members:mine")


def _told(said: dict[str, object]) -> OrganisationData:
    names = ("name", "sphere", "siren", "rna", "website", "description")
    told = {name: said[name] for name in names if said[name]}
    return {**told, "seat_id": said["seat"].pk}  # type: ignore[typeddict-item]


def _page(
    request: HttpRequest, form: CreateForm, known: Organisation | None = None, alike: list[Organisation] | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "known": known,
        "alike": alike or [],
    }
    wrong = bool(form.errors or known or alike)
    return render(request, "organisations/members/create.html", context, status=422 if wrong else 200)
