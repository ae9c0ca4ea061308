"""Organisations that may be the same: found, side by side, made one, parted again."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from fairealliance.lib.lives import NotAllowed
from fairealliance.organisations import doubles, merging
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


class Numbered(forms.CharField):
    """An organisation, by its number here, as its address bears it; or as a list of suggestions tells it."""

    def clean(self, value: Any) -> Organisation:
        number = str(super().clean(value)).strip().removeprefix("organisation:")
        known = number.isascii() and number.isdecimal() and len(number) < 18
        found = Organisation.objects.filter(pk=int(number)).first() if known else None
        if found is None:
            raise forms.ValidationError(_("Ce numéro n’est celui d’aucune organisation."))
        return found


class PairForm(forms.Form):
    une = Numbered(
        label=gettext_lazy("Numéro de la première"),
        help_text=gettext_lazy("Le numéro est dans l’adresse de la page publique : /organisations/12-nom/."),
        max_length=40,
    )
    autre = Numbered(label=gettext_lazy("Numéro de la seconde"), max_length=40)


@require_safe
@editor_required
def index(request: HttpRequest) -> HttpResponse:
    """Those of one name in one commune, and what was merged."""
    form = PairForm(request.GET if {"une", "autre"} & set(request.GET) else None, auto_id="%s")
    if form.is_bound and form.is_valid():
        pair = form.cleaned_data
        return redirect("staff_organisations:compare", pair["une"].pk, pair["autre"].pk)
    context = {
        "groups": doubles.same_name_and_seat(),
        "mergers": Merger.objects.select_related("kept", "merged_by")[:50],
        "form": form,
    }
    return render(request, "staff/organisations/doubles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def compare(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Side by side; `kept` chosen, what will happen is told first, and posting does it."""
    pair = [get_object_or_404(Organisation.objects.with_origin(), pk=pk) for pk in (one, other)]
    problem, status = "", 200
    chosen = (request.POST if request.method == "POST" else request.GET).get("kept")
    kept = next((each for each in pair if str(each.pk) == chosen), None)
    gone = next((each for each in pair if each != kept), None)
    if request.method == "POST":
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
    context = {"pair": pair, "lines": _lines(*map(_facts, pair)), "problem": problem}
    context |= {"kept": kept, "gone": gone if kept else None}
    return render(request, "staff/organisations/compare.html", context, status=status)


def _lines(one: dict[str, str], other: dict[str, str]) -> list[Line]:
    return [Line(label, one[label], other[label]) for label in one]


def _facts(organisation: Organisation) -> dict[str, str]:
    """What it tells, and how much leads to it."""
    held = Organisation.objects.filter(pk=organisation.pk).aggregate(
        members=Count("members", distinct=True),
        places=Count("establishments", distinct=True),
        practices=Count("partnerships", distinct=True),
        resources=Count("resources", distinct=True),
    )
    counted = {
        _("Personnes qui agissent pour elle"): held["members"],
        _("Lieux"): held["places"],
        _("Exemples"): held["practices"],
        _("Ressources"): held["resources"],
    }
    return _words(organisation) | {label: str(count) for label, count in counted.items()}


def _words(organisation: Organisation) -> dict[str, str]:
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
    return {label: str(said or _("non renseigné")) for label, said in told.items()}


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen is told first, and posting does it."""
    merger = get_object_or_404(Merger.objects.select_related("kept"), pk=pk)
    if request.method != "POST":
        return _asked_to_part(request, merger)
    try:
        back = merging.unmerge(by=actor(request), merger=merger)
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("staff_organisations:doubles")
    messages.success(request, _("« %(name)s » est de nouveau à part.") % {"name": back.name})
    return redirect("staff_organisations:doubles")


def _asked_to_part(request: HttpRequest, merger: Merger) -> HttpResponse:
    gone = merging.as_it_was(merger)
    context = {
        "merger": merger,
        "lines": _lines(_words(merger.kept), _words(gone)),
        "moved": len(merger.moved) + len(merger.dropped),
    }
    return render(request, "staff/organisations/part.html", context)
