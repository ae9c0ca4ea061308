"""Links that no longer answer, and what editors decide about them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fairealliance.provenance.pages import page_of
from fairealliance.resources import actions
from fairealliance.resources.enums import LinkState
from fairealliance.resources.models import LinkRecord
from fairealliance.staff.access import actor, editor_required

_NOT_IGNORED = Q(ignored_at__isnull=True)
# A link that was changed since it was asked is no longer what the record tells of.
_STILL = Q(url=F("resource__link"))
PILES = {
    "dead": (gettext_lazy("Morts"), Q(state=LinkState.DEAD) & _NOT_IGNORED),
    "failing": (gettext_lazy("À confirmer"), Q(state=LinkState.FAILING) & _NOT_IGNORED),
    "moved": (gettext_lazy("Déménagés"), Q(state=LinkState.ALIVE) & ~Q(moved_to="") & _NOT_IGNORED),
    "closed": (gettext_lazy("Fermés aux robots"), Q(state__in=[LinkState.CLOSED, LinkState.REFUSED]) & _NOT_IGNORED),
    "ignored": (gettext_lazy("Ignorés"), Q(ignored_at__isnull=False)),
    "alive": (gettext_lazy("Vivants"), Q(state=LinkState.ALIVE)),
}


def dead_links() -> int:
    """How many wait for an editor."""
    return LinkRecord.objects.filter(_STILL, PILES["dead"][1]).count()


@require_safe
@editor_required
def index(request: HttpRequest) -> HttpResponse:
    """One pile, the longest dead first."""
    pile = request.GET.get("pile", "dead")
    pile = pile if pile in PILES else "dead"
    counts = LinkRecord.objects.filter(_STILL).aggregate(
        **{f"n_{slug}": Count("pk", filter=rule) for slug, (_label, rule) in PILES.items()}
    )
    rows = LinkRecord.objects.filter(_STILL, PILES[pile][1]).select_related("resource")
    context = {
        "tabs": [
            {"slug": slug, "label": label, "count": counts[f"n_{slug}"], "current": slug == pile}
            for slug, (label, _rule) in PILES.items()
        ],
        "pile": pile,
        "page": page_of(request, rows.order_by("since", "pk")),
    }
    return render(request, "staff/resources/links.html", context)


@require_POST
@editor_required
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """`act`: ignore, watch, recheck, or adopt the address it moved to."""
    link = get_object_or_404(LinkRecord.objects.select_related("resource"), pk=pk)
    act, by = request.POST.get("act", ""), actor(request)
    try:
        match act:
            case "ignore":
                actions.ignore_link(by=by, link=link)
                told = _("Ce lien ne sera plus signalé, sauf s’il change d’état.")
            case "watch":
                actions.watch_link(by=by, link=link)
                told = _("Ce lien est de nouveau surveillé.")
            case "recheck":
                actions.recheck_link(by=by, link=link)
                told = _("Ce lien sera vérifié dans les dix minutes.")
            case "adopt":
                actions.adopt_new_address(by=by, link=link, seen=link.resource.updated_at)
                told = _("La nouvelle adresse est en place.")
            case _:
                return HttpResponse(_("Geste inconnu."), status=422)
    except (actions.Stale, ValidationError) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
    else:
        messages.success(request, told)
    pile = request.POST.get("pile", "")
    return redirect(f"{reverse('staff_resources:links')}?pile={pile if pile in PILES else 'dead'}")
