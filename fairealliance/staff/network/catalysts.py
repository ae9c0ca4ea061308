"""Profiles of catalysts: the queue, one of them, the decision; each one's workload."""

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fairealliance.lib.lives import NotAllowed
from fairealliance.lib.typed import Words
from fairealliance.network import actions
from fairealliance.network.enums import Standing
from fairealliance.network.models import Catalyst
from fairealliance.network.words import SECTORS, TRADES, words_of
from fairealliance.provenance.pages import page_of
from fairealliance.staff.access import actor, editor_required
from fairealliance.staff.contributions.piles import Tab

PILES = {
    "todo": (gettext_lazy("À examiner"), Q(standing=Standing.WAITING)),
    "accepted": (gettext_lazy("Acceptés"), Q(standing=Standing.ACCEPTED)),
    "refused": (gettext_lazy("Non retenus"), Q(standing=Standing.REFUSED)),
}


class RefuseForm(forms.Form):
    reason = Words(
        label=gettext_lazy("Le motif"),
        help_text=gettext_lazy("La personne le lit tel quel sur la page de son profil."),
        max_length=2_000,
    )


def waiting() -> int:
    return Catalyst.objects.filter(standing=Standing.WAITING).count()


@require_safe
@editor_required
def queue(request: HttpRequest) -> HttpResponse:
    """Oldest first for what waits, by name for the others."""
    pile = request.GET.get("pile", "todo")
    pile = pile if pile in PILES else "todo"
    found = Catalyst.objects.filter(PILES[pile][1]).with_workload().select_related("user", "organisation")
    order = ("proposed_at", "pk") if pile == "todo" else ("name", "pk")
    context = {"tabs": _tabs(pile), "pile": pile, "page": page_of(request, found.order_by(*order))}
    return render(request, "staff/network/catalysts.html", context)


def _tabs(current: str) -> list[Tab]:
    """One query."""
    counts = Catalyst.objects.aggregate(**{f"n_{slug}": Count("pk", filter=rule) for slug, (_w, rule) in PILES.items()})
    return [Tab(slug, label, counts[f"n_{slug}"], slug == current) for slug, (label, _rule) in PILES.items()]


@require_safe
@editor_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail(request, pk)


def _detail(request: HttpRequest, pk: int, refuse: RefuseForm | None = None, status: int = 200) -> HttpResponse:
    found = Catalyst.objects.with_workload().for_cards().select_related("user", "decided_by", "organisation")
    catalyst = get_object_or_404(found, pk=pk)
    context = {
        "catalyst": catalyst,
        "trades": words_of(catalyst.trades, TRADES),
        "sectors": words_of(catalyst.sectors, SECTORS),
        "refuse": refuse or RefuseForm(),
    }
    return render(request, "staff/network/catalyst.html", context, status=status)


@require_POST
@editor_required
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    catalyst = get_object_or_404(Catalyst, pk=pk)
    try:
        actions.judge(by=actor(request), catalyst=catalyst, accepted=True)
    except NotAllowed as error:
        return _too_late(request, pk, error)
    messages.success(request, _("C’est accepté : la personne en est avertie."))
    return redirect("staff_network:catalyst", pk)


@require_POST
@editor_required
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    catalyst, form = get_object_or_404(Catalyst, pk=pk), RefuseForm(request.POST)
    if not form.is_valid():
        return _detail(request, pk, form, status=422)
    try:
        actions.judge(by=actor(request), catalyst=catalyst, accepted=False, reason=form.cleaned_data["reason"])
    except NotAllowed as error:
        return _too_late(request, pk, error)
    messages.success(request, _("Ce profil n’est pas retenu ; la personne en lit le motif."))
    return redirect("staff_network:catalyst", pk)


def _too_late(request: HttpRequest, pk: int, error: NotAllowed) -> HttpResponse:
    messages.error(request, str(error))
    return _detail(request, pk, status=409)
