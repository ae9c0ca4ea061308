"""/mon-espace/suggestions/: with whom one's organisations could ally, why, and what is not for them."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairealliance.accounts import limits
from fairealliance.accounts.actors import who
from fairealliance.matching import actions, suggest
from fairealliance.matching.forms import RefusalForm
from fairealliance.matching.models import Refusal
from fairealliance.matching.suggest import Answer
from fairealliance.organisations.members.views.shared import for_members, sent
from fairealliance.organisations.models import Member, Organisation
from fairealliance.provenance.pages import page_of

_DAY = timedelta(days=1)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """For whom: straight on when one acts for a single organisation."""
    members = list(
        Member.objects.filter(user=who(request))
        .select_related("organisation")
        .order_by("organisation__slug", "organisation__name", "pk")
    )
    if len(members) == 1:
        return redirect("suggestions:of-organisation", members[0].organisation_id)
    return render(request, "matching/mine.html", {"members": members})


@require_safe
@for_members
def of_organisation(request: HttpRequest, mine: Member) -> HttpResponse:
    """The twenty of the day. Reading them again the same day is not being shown again."""
    answer = suggest.for_organisation(mine.organisation_id)
    if request.method == "GET":
        _count(request, mine, answer)
    context = {
        "organisation": mine.organisation,
        "mine": mine,
        "answer": answer,
        "refused": Refusal.objects.filter(organisation=mine.organisation_id).count(),
    }
    return render(request, "matching/of_organisation.html", context)


def _count(request: HttpRequest, mine: Member, answer: Answer) -> None:
    whom = f"{who(request).pk}:{mine.organisation_id}"
    if answer.shares and limits.count_of("suggestions-shown", whom, window=_DAY) == 1:
        actions.count_shown(shares=answer.shares)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def refuse(request: HttpRequest, mine: Member, other: int) -> HttpResponse:
    """Not for us: the reason is asked, then neither is shown to the other any more."""
    them = get_object_or_404(Organisation.objects.exclude(pk=mine.organisation_id), pk=other)
    form = RefusalForm(sent(request))
    if request.method == "POST" and form.is_valid():
        actions.refuse(by=who(request), organisation=mine.organisation, other=them, **form.cleaned_data)
        said = _("C’est noté : « %(name)s » ne vous sera plus proposée.")
        messages.success(request, said % {"name": them.name})
        return redirect("suggestions:of-organisation", mine.organisation_id)
    context = {"organisation": mine.organisation, "other": them, "form": form}
    return render(request, "matching/refuse.html", context, status=422 if form.errors else 200)


@require_safe
@for_members
def refused(request: HttpRequest, mine: Member) -> HttpResponse:
    """What was set aside, with its reason; each can come back."""
    found = Refusal.objects.filter(organisation=mine.organisation_id).select_related("other")
    return render(
        request, "matching/refused.html", {"organisation": mine.organisation, "page": page_of(request, found)}
    )


@require_POST
@for_members
def restore(request: HttpRequest, mine: Member, other: int) -> HttpResponse:
    """Done again, it is done once."""
    refusal = Refusal.objects.filter(organisation=mine.organisation_id, other=other).first()
    if refusal is not None:
        actions.withdraw_refusal(by=who(request), refusal=refusal)
    messages.success(request, _("C’est noté : cette organisation peut de nouveau vous être proposée."))
    return redirect("suggestions:of-organisation", mine.organisation_id)
