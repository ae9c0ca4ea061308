"""Finding one's organisation, and showing that one acts for it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairealliance.accounts.actors import who
from fairealliance.lib.lives import NotAllowed
from fairealliance.lib.text_fr import squeeze, without_controls
from fairealliance.organisations.enums import ClaimStatus
from fairealliance.organisations.identifiers import identifiers_of
from fairealliance.organisations.members import claims, finding, invitations
from fairealliance.organisations.members.forms import CodeForm, Reasons
from fairealliance.organisations.members.views.shared import sent
from fairealliance.organisations.models import OPEN, Claim, Member, Organisation
from fairealliance.territories import autocomplete

_REF = "organisation:"


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """For whom one acts, and what one asked."""
    members = (
        Member.objects.filter(user=who(request))
        .select_related("organisation")
        .order_by("organisation__slug", "organisation__name")
    )
    asked = Claim.objects.filter(user=who(request)).exclude(status=ClaimStatus.ACCEPTED)
    asked = asked.select_related("organisation").order_by("-asked_at", "-pk")[:20]
    invited = [(each, invitations.link(each)) for each in invitations.awaiting(who(request))]
    waits = next((each for each in asked if each.status == ClaimStatus.WAITING), None)
    context = {"members": members, "claims": asked, "invitations": invited, "waits": waits}
    return render(request, "organisations/members/mine.html", context)


@login_required
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """By name, SIREN or RNA, before making another. A line chosen in the list leads straight on."""
    said = squeeze(without_controls(request.GET.get("q", "")))[:200]
    near = squeeze(without_controls(request.GET.get("ou", "")))[:200]
    if said.startswith(_REF) and said[len(_REF) :].isdecimal():
        return redirect("members:join", min(int(said[len(_REF) :]), 2**62))
    place = autocomplete.resolve_text(near).territory if near else None
    context = {
        "q": said,
        "place": place,
        "near": near,
        "near_error": _("Nous ne connaissons pas ce lieu. Essayez un code postal.") if near and not place else "",
        "found": finding.find(said, place) if said else None,
    }
    return render(request, "organisations/members/find.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """The ways in; posting asks the secretariat."""
    organisation = get_object_or_404(Organisation.objects.with_origin(), pk=pk)
    user = who(request)
    if Member.objects.filter(organisation=organisation, user=user).exists():
        return redirect("members:team", pk)
    form = Reasons(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            claims.ask(by=user, organisation=organisation, **form.cleaned_data)
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Votre demande est partie. Le secrétariat vous répondra par courriel."))
            return redirect("members:mine")
    return _join(request, organisation, form)


def _join(request: HttpRequest, organisation: Organisation, form: Reasons, problem: str = "") -> HttpResponse:
    user = who(request)
    context = {
        "organisation": organisation,
        "identifiers": identifiers_of(organisation),
        "proving": claims.proving_address(user, organisation),
        "administered": organisation.members.administrators().exists(),
        "claim": organisation.claims.filter(user=user, status__in=OPEN).first(),
        "form": form,
        "problem": problem,
    }
    status = 422 if problem or form.errors else 200
    return render(request, "organisations/members/join.html", context, status=status)


@login_required
@require_POST
def send_code(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.with_origin(), pk=pk)
    try:
        claim = claims.send_code(by=who(request), organisation=organisation)
    except NotAllowed as error:
        return _join(request, organisation, Reasons(), str(error))
    messages.success(request, _("Un code est parti à votre adresse."))
    return redirect("members:code", claim.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """Only one's own claim; whoever is in already is led on."""
    user = who(request)
    waiting = Claim.objects.select_related("organisation").exclude(organisation=None)
    claim = get_object_or_404(waiting, pk=pk, user=user)
    assert claim.organisation is not None
    if claim.status == ClaimStatus.ACCEPTED and Member.objects.filter(organisation=claim.organisation, user=user):
        return redirect("members:team", claim.organisation.pk)
    form = CodeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            member = claims.confirm(by=user, claim=claim, code=form.cleaned_data["code"])
        except NotAllowed as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, _joined(member))
            return redirect("members:team", claim.organisation.pk)
    context = {"claim": claim, "organisation": claim.organisation, "form": form}
    return render(request, "organisations/members/code.html", context, status=422 if form.errors else 200)


def _joined(member: Member) -> str:
    if member.is_administrator:
        return _("C’est fait : vous êtes la première personne, vous administrez donc l’organisation.")
    return _("C’est fait : vous agissez pour l’organisation.")


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim, pk=pk, user=who(request))
    try:
        claims.withdraw(by=who(request), claim=claim)
    except NotAllowed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Votre demande est retirée."))
    return redirect("members:mine")
