"""Writing: one page, kept as one types; then reading over, and publishing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairealliance.accounts.actors import who
from fairealliance.lib.dates_fr import hour_in_words
from fairealliance.lib.lives import NotAllowed
from fairealliance.lib.text_fr import without_controls
from fairealliance.needs import actions, suggesting
from fairealliance.needs.actions import Conflict, Incomplete
from fairealliance.needs.enums import Side
from fairealliance.needs.forms import PLACES, NeedForm
from fairealliance.needs.life import EDITABLE
from fairealliance.needs.models import Need
from fairealliance.needs.preview import previewed
from fairealliance.needs.views.shared import for_own
from fairealliance.organisations.models import Member
from fairealliance.organisations.places import places_of
from fairealliance.organisations.tags import tags_of
from fairealliance.territories.models import Territory


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """For whom, and on which side; then the page itself."""
    members = list(
        Member.objects.filter(user=who(request))
        .select_related("organisation")
        .order_by("organisation__slug", "organisation__name")
    )
    sent = request.POST if request.method == "POST" else request.GET
    chosen = next((each for each in members if str(each.organisation_id) == sent.get("organisation")), None)
    side = Side.OFFER if sent.get("cote") == Side.OFFER else Side.NEED
    problem = ""
    if request.method == "POST" and members:
        problem = _("Choisissez pour quelle organisation vous écrivez.")
        if chosen is not None:
            try:
                key = without_controls(request.POST.get("cle", "")) or get_random_string(16)
                draft = actions.begin(by=who(request), organisation=chosen.organisation, side=side, page_key=key)
                return redirect("my_needs:edit", draft.pk)
            except NotAllowed as error:
                problem = str(error)
    context = {
        "members": members,
        "chosen": chosen or (members[0] if len(members) == 1 else None),
        "side": side,
        "key": get_random_string(16),
        "problem": problem,
    }
    return render(request, "needs/begin.html", context, status=422 if problem else 200)


@for_own
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, need: Need) -> HttpResponse:
    """Whatever was typed is kept, even when it is not right yet."""
    if need.status not in EDITABLE:
        return redirect("my_needs:mine")
    if request.method != "POST":
        return _page(request, need, show_errors="verifier" in request.GET)
    try:
        need = _save(request, need)
    except Conflict as conflict:
        return _conflict(request, need, conflict)
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("my_needs:mine")
    if request.POST.get("do") == "tard":
        messages.success(request, _("C’est enregistré. Reprenez quand vous voulez."))
        return redirect("my_needs:mine")
    if not NeedForm(need.content, need.side).is_valid():
        return _page(request, need, show_errors=True, status=422)
    return redirect("my_needs:review", need.pk)


def _save(request: HttpRequest, need: Need) -> Need:
    raw, _new = suggesting.with_goals(NeedForm.raw(request.POST))
    version = request.POST.get("version", "")
    return actions.save(
        by=who(request),
        need=need,
        raw=raw,
        version=int(version) if version.isascii() and version.isdecimal() and len(version) < 9 else 0,
        page=without_controls(request.POST.get("editing", ""))[:40],
    )


@for_own
@require_POST
def autosave(request: HttpRequest, need: Need) -> HttpResponse:
    """Keeps what is being typed; answers with a few words, the goals newly read, and what resembles."""
    context: dict[str, Any] = {"need": need, "at": hour_in_words(timezone.localtime().time())}
    seen = request.POST.getlist("goals_seen")
    try:
        need = _save(request, need)
    except Conflict:
        return render(request, "needs/parts/saved.html", {**context, "conflict": True})
    except NotAllowed as error:
        return render(request, "needs/parts/saved.html", {**context, "refusal": str(error)})
    first, others = suggesting.chips(need.content)
    is_new = set(need.content["goals_seen"]) - set(seen)
    context |= {"need": need, "is_new": bool(is_new), "first": first, "others": others, "swapped": True}
    return render(request, "needs/parts/saved.html", context)


def _page(request: HttpRequest, need: Need, *, show_errors: bool, status: int = 200) -> HttpResponse:
    form = NeedForm(need.content, need.side)
    if show_errors:
        form.is_valid()
    else:
        form._errors = ErrorDict()  # type: ignore[attr-defined]  # what is not filled yet is no mistake
    return _render(request, need, form, need.content, need.version, status=status)


def _conflict(request: HttpRequest, need: Need, conflict: Conflict) -> HttpResponse:
    """What was typed here, and beside it what another page wrote: sent again, what is typed here holds."""
    mine = NeedForm.raw(request.POST)
    form = NeedForm(mine, need.side)
    form._errors = ErrorDict()  # type: ignore[attr-defined]
    differing = [
        (form.fields[name].label, conflict.theirs.get(name, ""))
        for name in mine
        if name in form.fields and name != "goals" and mine[name] != conflict.theirs.get(name, "")
    ]
    return _render(request, need, form, mine, conflict.version, status=409, differing=differing)


def _render(
    request: HttpRequest, need: Need, form: NeedForm, raw: dict[str, Any], version: int, **extras: Any
) -> HttpResponse:
    status = extras.pop("status")
    first, others = suggesting.chips(raw)
    context = {
        "need": need,
        "form": form,
        "version": version,
        "editing": request.POST.get("editing", "")[:40] or get_random_string(16),
        "places": [_place(form, name) for name in PLACES],
        "first": first,
        "others": others,
        "errors": form.told(),
        **extras,
    }
    return render(request, "needs/edit.html", context, status=status)


def _place(form: NeedForm, name: str) -> dict[str, Any]:
    """The field, and the name to show when it was chosen in the list."""
    bound = form[name]
    said = str(bound.value() or "")
    known = None
    if ":" in said:
        try:
            known = Territory.objects.resolve(said)
        except (ValueError, Territory.DoesNotExist):
            known = None
    return {
        "name": name,
        "label": bound.label,
        "text": known.name if known else said,
        "ref": said if known else "",
        "error": " ".join(map(str, bound.errors)),
    }


@for_own
@require_safe
def review(request: HttpRequest, need: Need) -> HttpResponse:
    """As it will be read, before it is published."""
    if need.status not in EDITABLE:
        return redirect("my_needs:mine")
    form = NeedForm(need.content, need.side)
    if not form.is_valid():
        return redirect(reverse("my_needs:edit", args=[need.pk]) + "?verifier")
    shown = previewed(need, form.cleaned_data)
    where = Territory.objects.filter(pk__in=[place.pk for place in form.cleaned_data["places"]])
    context = {
        "need": shown,
        "version": need.version,
        "tags": tags_of(shown),
        "places": places_of(where),
        "goals_left": suggesting.left(need.content),
    }
    return render(request, "needs/review.html", context)


@for_own
@require_POST
def publish(request: HttpRequest, need: Need) -> HttpResponse:
    try:
        read_over = request.POST.get("version", "")
        version = int(read_over) if read_over.isdecimal() and len(read_over) < 10 else None
        shown = actions.publish(by=who(request), need=need, version=version)
    except Conflict:
        messages.error(request, _("Le texte a changé depuis que vous l’avez relu : relisez-le avant de publier."))
        return redirect("my_needs:review", need.pk)
    except Incomplete:
        return redirect(reverse("my_needs:edit", args=[need.pk]) + "?verifier")
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("my_needs:mine")
    messages.success(request, _("C’est publié."))
    return redirect(shown.get_absolute_url())


@for_own
@require_POST
def discard(request: HttpRequest, need: Need) -> HttpResponse:
    try:
        actions.discard(by=who(request), need=need)
    except NotAllowed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Le brouillon est jeté."))
    return redirect("my_needs:mine")
