"""Who asks to act for an organisation: the queue, one claim, the decision."""

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fairealliance.accounts.personal import person_of
from fairealliance.lib.lives import NotAllowed
from fairealliance.lib.typed import Words
from fairealliance.organisations import doubles
from fairealliance.organisations.enums import ClaimStatus, Role, Sphere
from fairealliance.organisations.members import claims
from fairealliance.organisations.models import Claim, Member, Organisation
from fairealliance.provenance.pages import page_of
from fairealliance.staff.access import actor, editor_required
from fairealliance.staff.contributions.piles import Tab
from fairealliance.territories.models import Territory

PILES = {
    "todo": (gettext_lazy("À examiner"), Q(status=ClaimStatus.WAITING)),
    "accepted": (gettext_lazy("Acceptées"), Q(status=ClaimStatus.ACCEPTED)),
    "refused": (gettext_lazy("Refusées"), Q(status=ClaimStatus.REFUSED)),
    "all": (gettext_lazy("Toutes"), ~Q(status=ClaimStatus.CODE)),
}


class AcceptForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Rôle"), choices=Role.choices)


class RefuseForm(forms.Form):
    reason = Words(
        label=gettext_lazy("Le motif"),
        help_text=gettext_lazy("La personne le reçoit tel quel."),
        max_length=2_000,
    )


def waiting() -> int:
    return Claim.objects.filter(status=ClaimStatus.WAITING).count()


@require_safe
@editor_required
def queue(request: HttpRequest) -> HttpResponse:
    """Oldest first for what waits, latest first for what is done."""
    pile = request.GET.get("pile", "todo")
    pile = pile if pile in PILES else "todo"
    found = Claim.objects.filter(PILES[pile][1]).select_related("organisation", "user")
    order = ("asked_at", "pk") if pile == "todo" else ("-asked_at", "-pk")
    context = {"tabs": _tabs(pile), "pile": pile, "page": page_of(request, found.order_by(*order))}
    return render(request, "staff/organisations/claims.html", context)


def _tabs(current: str) -> list[Tab]:
    """One query."""
    counts = Claim.objects.aggregate(**{f"n_{slug}": Count("pk", filter=rule) for slug, (_w, rule) in PILES.items()})
    return [Tab(slug, label, counts[f"n_{slug}"], slug == current) for slug, (label, _rule) in PILES.items()]


@require_safe
@editor_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail(request, _get(pk))


def _get(pk: int) -> Claim:
    """One that waits for its code is nobody's but the claimant's."""
    found = Claim.objects.exclude(status=ClaimStatus.CODE).select_related("organisation", "user", "decided_by")
    return get_object_or_404(found, pk=pk)


def _detail(
    request: HttpRequest,
    claim: Claim,
    accept: AcceptForm | None = None,
    refuse: RefuseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    organisation = claim.organisation
    members = list(organisation.members.with_people()) if organisation else []
    first = not any(member.is_administrator for member in members)
    proposed = claim.proposed
    context = {
        "claim": claim,
        "organisation": organisation,
        "facts": _facts(claim) if not organisation else [],
        "members": members,
        "mails": person_of(claim.user).mails,
        "elsewhere": Member.objects.filter(user=claim.user).select_related("organisation"),
        "known": _known(claim),
        "alike": doubles.near(proposed.get("name", ""), proposed.get("seat_id")) if not organisation else [],
        "open": claim.status == ClaimStatus.WAITING,
        "accept": accept or AcceptForm(initial={"role": Role.ADMINISTRATOR if first else Role.MEMBER}),
        "refuse": refuse or RefuseForm(),
    }
    return render(request, "staff/organisations/claim.html", context, status=status)


def _known(claim: Claim) -> Organisation | None:
    told = claim.proposed
    return doubles.by_number(told.get("siren"), told.get("rna")) if not claim.organisation else None


def _facts(claim: Claim) -> list[tuple[str, str]]:
    told = claim.proposed
    seat = Territory.objects.filter(pk=told.get("seat_id")).first()
    sphere = told.get("sphere", "")
    rows = [
        (_("Nom"), told.get("name", "")),
        (_("Sphère"), str(Sphere(sphere).label) if sphere in Sphere.values else ""),
        ("SIREN", told.get("siren", "")),
        ("RNA", told.get("rna", "")),
        (_("Commune du siège"), seat.name if seat else ""),
        (_("Site"), told.get("website", "")),
        (_("Ce qu’elle fait"), told.get("description", "")),
    ]
    return [(label, said or _("non renseigné")) for label, said in rows]


@require_POST
@editor_required
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    claim, form = _get(pk), AcceptForm(request.POST)
    if not form.is_valid():
        return _detail(request, claim, accept=form, status=422)
    try:
        claims.accept(by=actor(request), claim=claim, role=Role(form.cleaned_data["role"]))
    except NotAllowed as error:
        return _too_late(request, pk, str(error))
    messages.success(request, _("C’est accepté : la personne agit pour l’organisation, et en est avertie."))
    return redirect("staff_organisations:claim", pk)


@require_POST
@editor_required
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    claim, form = _get(pk), RefuseForm(request.POST)
    if not form.is_valid():
        return _detail(request, claim, refuse=form, status=422)
    try:
        claims.refuse(by=actor(request), claim=claim, reason=form.cleaned_data["reason"])
    except NotAllowed as error:
        return _too_late(request, pk, str(error))
    messages.success(request, _("La demande n’est pas retenue ; la personne en lit le motif."))
    return redirect("staff_organisations:claim", pk)


def _too_late(request: HttpRequest, pk: int, why: str) -> HttpResponse:
    messages.error(request, why)
    return _detail(request, _get(pk), status=409)
