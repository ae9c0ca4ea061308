"""Organisations that may be the same: found, side by side, made one, parted again."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairealliance.organisations import doubles, merging
from fairealliance.organisations.members.actions import NotAllowed
from fairealliance.organisations.models import Merger, Organisation
from fairealliance.staff.access import actor, editor_required


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of both."""

    label: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        return self.one != self.other


@require_safe
@editor_required
def index(request: HttpRequest) -> HttpResponse:
    """Those of one name in one commune, and what was merged."""
    said = [request.GET.get(name, "")[:200] for name in ("une", "autre")]
    pair = [found for found in map(_asked, said) if found]
    if len(pair) == 2:
        return redirect("staff_organisations:compare", pair[0].pk, pair[1].pk)
    context = {
        "groups": doubles.same_name_and_seat(),
        "mergers": Merger.objects.select_related("kept", "merged_by")[:50],
        "one": said[0],
        "other": said[1],
        "problem": any(said),
    }
    return render(request, "staff/organisations/doubles.html", context)


def _asked(said: str) -> Organisation | None:
    """By its number here, as its address bears it; or as a list of suggestions tells it."""
    number = said.strip().removeprefix("organisation:")
    return Organisation.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def compare(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Side by side; posting says which is kept."""
    pair = [get_object_or_404(Organisation.objects.with_origin(), pk=pk) for pk in (one, other)]
    problem, status = "", 200
    if request.method == "POST":
        kept = next((each for each in pair if str(each.pk) == request.POST.get("kept")), None)
        gone = next((each for each in pair if each != kept), None)
        if kept is None or gone is None:
            problem, status = _("Dites laquelle est gardée."), 422
        else:
            try:
                merging.merge(by=actor(request), kept=kept, gone=gone)
            except NotAllowed as error:
                problem, status = str(error), 409
            else:
                messages.success(request, _("C’est fait : l’autre adresse mène à celle-ci."))
                return redirect("staff_organisations:doubles")
    context = {"pair": pair, "lines": _lines(*pair), "problem": problem}
    return render(request, "staff/organisations/compare.html", context, status=status)


def _lines(one: Organisation, other: Organisation) -> list[Line]:
    facts = [_facts(each) for each in (one, other)]
    return [Line(label, facts[0][label], facts[1][label]) for label in facts[0]]


def _facts(organisation: Organisation) -> dict[str, str]:
    held = Organisation.objects.filter(pk=organisation.pk).aggregate(
        members=Count("members", distinct=True),
        places=Count("establishments", distinct=True),
        practices=Count("partnerships", distinct=True),
        resources=Count("resources", distinct=True),
    )
    told: dict[str, Any] = {
        _("Nom"): organisation.name,
        _("Sigle"): organisation.acronym,
        _("Sphère"): organisation.get_sphere_display() if organisation.sphere else "",
        "SIREN": organisation.siren,
        "RNA": organisation.rna,
        _("Siège"): organisation.seat.name if organisation.seat else "",
        _("Ce qu’elle fait"): organisation.description,
        _("Site"): organisation.website,
        _("Courriel"): organisation.email,
        _("Téléphone"): organisation.phone,
        _("Source"): organisation.source.label if organisation.source else "",
    }
    counted = {
        _("Personnes qui agissent pour elle"): held["members"],
        _("Lieux"): held["places"],
        _("Exemples"): held["practices"],
        _("Ressources"): held["resources"],
    }
    words = {label: str(said or _("non renseigné")) for label, said in told.items()}
    return words | {label: str(count) for label, count in counted.items()}


@require_POST
@editor_required
def unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        back = merging.unmerge(by=actor(request), merger=get_object_or_404(Merger, pk=pk))
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("staff_organisations:doubles")
    messages.success(request, _("« %(name)s » est de nouveau à part.") % {"name": back.name})
    return redirect("staff_organisations:doubles")
