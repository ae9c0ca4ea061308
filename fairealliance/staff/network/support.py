"""Requests for support at the desk: those that nobody took, and all the others."""

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from fairealliance.lib.lives import NotAllowed
from fairealliance.network import actions
from fairealliance.network.enums import Status
from fairealliance.network.forms import WordsForm
from fairealliance.network.models import Catalyst, Mediator, SupportRequest
from fairealliance.network.words import SECTORS, TRADES
from fairealliance.provenance.pages import page_of
from fairealliance.staff.access import actor, editor_required
from fairealliance.staff.contributions.piles import Tab

PILES = {
    "todo": (gettext_lazy("À reprendre"), Q(status=Status.DESK)),
    "offered": (gettext_lazy("Proposées"), Q(status=Status.OFFERED)),
    "accepted": (gettext_lazy("Suivies"), Q(status=Status.ACCEPTED)),
    "over": (gettext_lazy("Closes"), Q(status__in=[Status.ENDED, Status.WITHDRAWN])),
}


class NameForm(forms.Form):
    """Somebody with room, wherever they work: the secretariat knows why."""

    to = forms.ModelChoiceField(Catalyst.objects.none(), label=gettext_lazy("Proposer à"))

    def __init__(self, data: QueryDict | None, held: SupportRequest) -> None:
        super().__init__(data)
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)
        asked = held.turns.values("catalyst")
        able = Catalyst.objects.active().of_world(is_demo=held.is_demo).with_room().present()
        to.queryset = able.exclude(pk__in=asked).exclude(user=held.asked_by)
        self.has_anybody = to.queryset.exists()


def waiting() -> int:
    return SupportRequest.objects.filter(status=Status.DESK).count()


@require_safe
@editor_required
def queue(request: HttpRequest) -> HttpResponse:
    """Oldest first for what waits, what moved last first for the others."""
    pile = request.GET.get("pile", "todo")
    pile = pile if pile in PILES else "todo"
    found = SupportRequest.objects.filter(PILES[pile][1]).for_lists()
    order = ("asked_at", "pk") if pile == "todo" else ("-moved_at", "-pk")
    context = {"tabs": _tabs(pile), "pile": pile, "page": page_of(request, found.order_by(*order))}
    return render(request, "staff/network/requests.html", context)


def _tabs(current: str) -> list[Tab]:
    """One query."""
    rules = {f"n_{slug}": Count("pk", filter=rule) for slug, (_words, rule) in PILES.items()}
    counts = SupportRequest.objects.aggregate(**rules)
    return [Tab(slug, label, counts[f"n_{slug}"], slug == current) for slug, (label, _rule) in PILES.items()]


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Posting proposes it to somebody, or ends it when nobody has it."""
    held = get_object_or_404(SupportRequest.objects.for_lists(), pk=pk)
    if request.method == "POST":
        try:
            said = _propose(request, held) if request.POST.get("act") == "proposer" else _end(request, held)
        except NotAllowed as error:
            messages.error(request, str(error))
            return _page(request, get_object_or_404(SupportRequest.objects.for_lists(), pk=pk), status=409)
        messages.success(request, said)
        return redirect("staff_network:request", pk)
    return _page(request, held)


def _propose(request: HttpRequest, held: SupportRequest) -> str:
    form = NameForm(request.POST, held)
    if not form.is_valid():
        raise NotAllowed(_("Choisissez dans la liste à qui la proposer."))
    actions.offer_to(by=actor(request), request=held, catalyst=form.cleaned_data["to"])
    return _("C’est proposé.")


def _end(request: HttpRequest, held: SupportRequest) -> str:
    if held.status != Status.DESK:
        raise NotAllowed(_("Elle n’est pas au secrétariat : c’est à la personne qui la suit de la terminer."))
    form = WordsForm(request.POST)
    if not form.is_valid():
        raise NotAllowed(_("Dites en quelques mots ce que vous répondez."))
    actions.end(by=actor(request), request=held, outcome=form.cleaned_data["words"])
    return _("C’est terminé ; la personne lit votre réponse.")


def _page(request: HttpRequest, held: SupportRequest, status: int = 200) -> HttpResponse:
    name = NameForm(None, held) if held.status in (Status.DESK, Status.OFFERED) else None
    context = {
        "support": held,
        "sector": SECTORS.get(held.sector, ""),
        "trade": TRADES.get(held.trade, ""),
        "turns": held.turns.select_related("catalyst"),
        "mediators": Mediator.objects.of_world(is_demo=held.is_demo)
        .of(held.commune)
        .select_related("user", "territory"),
        "name": name,
        "may_name": name is not None and name.has_anybody,
        "words": WordsForm() if held.status == Status.DESK else None,
    }
    return render(request, "staff/network/request.html", context, status=status)
