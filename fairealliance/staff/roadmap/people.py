"""A measure's people, figures and links on one screen: who carries it, who reports on it, what it follows."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairealliance.accounts.inviting import invite
from fairealliance.accounts.models import User
from fairealliance.roadmap import groups
from fairealliance.roadmap.actions import measures
from fairealliance.roadmap.models import Measure, Programme
from fairealliance.staff.access import actor, editor_required
from fairealliance.staff.roadmap.forms import InviteForm, LinkForm


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def people(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Lists, each with its buttons; and two short forms: invite a correspondent, tie a page."""
    owner = get_object_or_404(Programme, slug=programme)
    measure = get_object_or_404(owner.measures.select_related("programme"), number=number)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    invited = InviteForm(request.POST if act == "invite" else None, prefix="invite")
    linked = LinkForm(request.POST if act == "link" else None, prefix="link")
    if act and (done := _act(request, measure, act, invited, linked)):
        messages.success(request, done)
        return redirect("staff_roadmap:people", programme=owner.slug, number=number)
    context = {
        "programme": owner,
        "measure": measure,
        "facilitators": measure.facilitators.select_related("organisation"),
        "correspondents": measure.correspondents.select_related("user"),
        "indicators": measure.indicators.filter(removed_on=None),
        "links": groups.links_of(measure, with_drafts=True),
        "invite": invited,
        "link": linked,
    }
    return render(request, "staff/roadmap/people.html", context, status=422 if act else 200)


def _act(request: HttpRequest, measure: Measure, act: str, invited: InviteForm, linked: LinkForm) -> str:
    """What was done, in words; empty when the form is to be shown again."""
    by = actor(request)
    if act == "invite" and invited.is_valid():
        return _invite(by, measure, invited.cleaned_data)
    if act == "link" and linked.is_valid():
        kind, key = linked.cleaned_data["page"]
        measures.link(by=by, measure=measure, kind=kind, key=key)
        return _("La mesure est liée à cette page.")
    if act == "unlink":
        kind, _colon, key = request.POST.get("what", "").partition(":")
        found = next((each for each in groups.links_of(measure, with_drafts=True) if each.what == (kind, key)), None)
        if found:
            measures.unlink(by=by, measure=measure, kind=kind, key=key if kind == "study" else int(key))
        return _("Le lien est retiré.")
    if act == "dismiss":
        pk = request.POST.get("who", "")
        person = measure.correspondents.filter(user=int(pk)).first() if pk.isdecimal() and len(pk) < 18 else None
        if person:
            measures.remove_correspondent(by=by, measure=measure, user=person.user)
        return _("Cette personne ne rend plus compte de la mesure. Son compte reste.")
    return ""


@transaction.atomic
def _invite(by: User, measure: Measure, told: dict[str, Any]) -> str:
    """The account, the right to report on this measure, and the mail: all, or none."""
    programme = measure.programme
    names = {"number": measure.number, "title": measure.title, "programme": programme.title}
    text = _(
        "Le secrétariat vous confie le suivi de la mesure %(number)d, « %(title)s » (%(programme)s) :"
        " vous pouvez en rédiger les bilans, que le secrétariat publie."
    )
    user = invite(
        by=by,
        email=told["email"],
        name=told["name"],
        subject=_("Rendre compte de la mesure %d") % measure.number,
        text=text % names,
        then=programme.address("my-measures"),
        label=_("Voir mes mesures"),
    )
    measures.add_correspondent(by=by, measure=measure, user=user)
    return _("%s peut rendre compte de cette mesure : un courriel lui est envoyé.") % user.email
