"""The organisation's own page, written by those who administer it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairealliance.accounts.actors import who
from fairealliance.lib.lives import NotAllowed
from fairealliance.organisations.members.views.shared import for_administrators, for_members, sent
from fairealliance.organisations.models import Member, Organisation, Profile
from fairealliance.organisations.profiles import actions
from fairealliance.organisations.profiles.actions import Stale
from fairealliance.organisations.profiles.forms import SECTIONS, ExchangesForm, Section, SiteForm, WhereForm, initial_of
from fairealliance.organisations.profiles.skills import understood
from fairealliance.organisations.profiles.told import capacity, exchanges, pillars


@require_safe
@for_members
def profile(request: HttpRequest, mine: Member) -> HttpResponse:
    """What is told and what is not, section by section."""
    organisation, held = mine.organisation, _profile(mine.organisation)
    context = {
        "organisation": organisation,
        "mine": mine,
        "sections": [(slug, form.title) for slug, form in SECTIONS.items()],
        "exchanges": [*exchanges(held), capacity(held)],
        "understood": understood(vars(held)),
        "pillars": pillars(held),
        "territories": organisation.territories.order_by("slug", "name", "pk"),
        "sites": organisation.establishments.select_related("territory")[:20],
        "told_at": held.told_at,
    }
    return render(request, "organisations/members/profile.html", context)


def _profile(organisation: Organisation) -> Profile:
    return Profile.objects.filter(organisation=organisation).first() or Profile(organisation=organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def section(request: HttpRequest, mine: Member, slug: str) -> HttpResponse:
    if slug not in SECTIONS:
        raise Http404
    form = _form(request, mine.organisation, SECTIONS[slug])
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, mine.organisation, form)
        except NotAllowed as error:
            form.add_error(None, str(error))
            if isinstance(error, Stale):
                # What was written stays in the boxes, over the present state.
                form.data = again = request.POST.copy()
                again["version"] = str(_profile(mine.organisation).version)
        else:
            messages.success(request, _("C’est enregistré. La recherche le trouve dans quelques secondes."))
            return redirect("members:profile", mine.organisation_id)
    read = form.understood() if isinstance(form, ExchangesForm) else None
    context = {"organisation": mine.organisation, "form": form, "title": form.title, "understood": read}
    return render(request, "organisations/members/section.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, organisation: Organisation, kind: type[Section]) -> Section:
    initial = initial_of(kind, organisation, _profile(organisation))
    if kind is not WhereForm:
        return kind(sent(request), initial=initial)
    territories = list(organisation.territories.order_by("slug", "name", "pk"))
    initial["kept"] = [each.pk for each in territories]
    return WhereForm(sent(request), initial=initial, territories=territories)


def _save(request: HttpRequest, organisation: Organisation, form: Section) -> None:
    version, by = form.cleaned_data["version"], who(request)
    if not isinstance(form, WhereForm):
        actions.tell(by=by, organisation=organisation, version=version, said=form.said)
        return
    actions.tell_where(
        by=by,
        organisation=organisation,
        version=version,
        seat=form.cleaned_data["seat"],
        territories=form.territories,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def sites(request: HttpRequest, mine: Member) -> HttpResponse:
    """Those told here, and one more."""
    form = SiteForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_site(by=who(request), organisation=mine.organisation, **form.cleaned_data)
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Ce lieu est ajouté."))
            return redirect("members:sites", mine.organisation_id)
    context = {
        "organisation": mine.organisation,
        "form": form,
        "sites": mine.organisation.establishments.filter(siret=None).select_related("territory"),
        "registered": mine.organisation.establishments.exclude(siret=None).count(),
    }
    return render(request, "organisations/members/sites.html", context, status=422 if form.errors else 200)


@require_POST
@for_administrators
def remove_site(request: HttpRequest, mine: Member, site: int) -> HttpResponse:
    held = get_object_or_404(mine.organisation.establishments, pk=site)
    try:
        actions.remove_site(by=who(request), site=held)
    except NotAllowed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Ce lieu est retiré."))
    return redirect("members:sites", mine.organisation_id)
