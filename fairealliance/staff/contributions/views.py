"""Proposals at the desk: the piles, one proposal, its preview, editing it, deciding."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairealliance.contributions import actions, suspicion
from fairealliance.contributions.actions.shared import Stale
from fairealliance.contributions.forms import PRIVATE, STEPS
from fairealliance.contributions.life import Verb, can
from fairealliance.contributions.models import Proposal, typed
from fairealliance.contributions.publishing import Incomplete, publish
from fairealliance.contributions.story import story_of
from fairealliance.contributions.views.attached import served
from fairealliance.lib.lives import NotAllowed
from fairealliance.lib.text_fr import squeeze
from fairealliance.practices.models import Practice
from fairealliance.practices.views import told as practice_page
from fairealliance.provenance.pages import page_of
from fairealliance.staff.access import actor, editor_required
from fairealliance.staff.contributions.forms import DeclineForm, QuestionForm, VersionForm
from fairealliance.staff.contributions.piles import PROPOSAL_PILES, proposal_tabs, set_aside


@require_safe
@editor_required
def queue(request: HttpRequest) -> HttpResponse:
    """One pile, oldest first for what waits, latest first for what is done."""
    pile = request.GET.get("pile", "todo")
    pile = pile if pile in PROPOSAL_PILES else "todo"
    words = squeeze(request.GET.get("q", ""))[:200]
    found = Proposal.objects.of_pile(pile).for_list()
    if words:
        found = found.filter(title__icontains=words)
    order = ("sent_at", "pk") if pile in ("todo", "question", "suspect") else ("-touched_at", "-pk")
    tabs = proposal_tabs(pile)
    context = {
        "tabs": tabs,
        "set_aside": set_aside(tabs, pile),
        "pile": pile,
        "q": words,
        "page": page_of(request, found.order_by(*order)),
    }
    return render(request, "staff/contributions/queue.html", context)


@require_safe
@editor_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail(request, _received(pk))


def _received(pk: int) -> Proposal:
    return get_object_or_404(Proposal.objects.received().select_related("practice", "touched_by"), pk=pk)


def _detail(request: HttpRequest, proposal: Proposal, status: int = 200, **forms: Any) -> HttpResponse:
    now = {"version": proposal.version}
    attachments = list(proposal.attachments.all())
    chapters = story_of(proposal, attachments)
    context = {
        "proposal": proposal,
        "chapters": chapters,
        "ready": all(chapter.is_right for chapter in chapters if chapter.slug != "contact"),
        "lines": list(proposal.messages.all()),
        "attachments": attachments,
        "can": {verb.value: can(verb, proposal.status) for verb in Verb},
        "version": VersionForm(initial=now),
        "question": QuestionForm(initial={**now, "page": suspicion.new_stamp()}),
        "decline": DeclineForm(initial=now),
        **forms,
    }
    return render(request, "staff/contributions/detail.html", context, status=status)


Act = Callable[[HttpRequest, Proposal, Any], str]


def _decides(form: type[VersionForm], name: str) -> Callable[[Act], Callable[[HttpRequest, int], HttpResponseBase]]:
    """A view that checks `form`, does the act, and says what was done; or says why it was not."""

    def decorate(act: Act) -> Callable[[HttpRequest, int], HttpResponseBase]:
        @require_POST
        @editor_required
        def view(request: HttpRequest, pk: int) -> HttpResponse:
            proposal = _received(pk)
            sent = form(request.POST)
            if not sent.is_valid():
                return _detail(request, proposal, status=422, **{name: sent})
            try:
                messages.success(request, act(request, proposal, sent))
            except (Stale, NotAllowed, Incomplete) as error:
                messages.error(request, str(error))
                kept = {name: _again(form, sent, _received(pk))} if name != "version" else {}
                return _detail(request, _received(pk), status=409, **kept)
            return redirect("staff_contributions:detail", pk)

        return view

    return decorate


def _again(form: type[VersionForm], sent: VersionForm, proposal: Proposal) -> VersionForm:
    """What was written, to be sent again on the present state."""
    return form(initial={**sent.cleaned_data, "version": proposal.version})


@_decides(VersionForm, "version")
def accept(request: HttpRequest, proposal: Proposal, sent: VersionForm) -> str:
    actions.accept(by=actor(request), proposal=proposal, version=sent.cleaned_data["version"])
    return _("C’est publié. La recherche la trouve dans quelques secondes.")


@_decides(QuestionForm, "question")
def ask(request: HttpRequest, proposal: Proposal, sent: QuestionForm) -> str:
    said, key = sent.cleaned_data, suspicion.page_key(sent.stamp)
    if can(Verb.ASK, proposal.status):
        actions.ask(by=actor(request), proposal=proposal, version=said["version"], text=said["text"], page_key=key)
    else:
        actions.say(by=actor(request), proposal=proposal, text=said["text"], page_key=key)
    return _("Votre message est parti.")


@_decides(DeclineForm, "decline")
def decline(request: HttpRequest, proposal: Proposal, sent: DeclineForm) -> str:
    said, quietly = sent.cleaned_data, "quietly" in request.POST
    actions.decline(
        by=actor(request), proposal=proposal, version=said["version"], reason=said["reason"], quietly=quietly
    )
    return _("Elle n’est pas retenue.")


@_decides(VersionForm, "version")
def unpublish(request: HttpRequest, proposal: Proposal, sent: VersionForm) -> str:
    actions.unpublish(by=actor(request), proposal=proposal, version=sent.cleaned_data["version"])
    return _("La page n’est plus en ligne ; la proposition est de nouveau à examiner.")


@_decides(VersionForm, "version")
def reopen(request: HttpRequest, proposal: Proposal, sent: VersionForm) -> str:
    actions.reopen(by=actor(request), proposal=proposal, version=sent.cleaned_data["version"])
    return _("Elle est de nouveau à examiner.")


@_decides(VersionForm, "version")
def trust(request: HttpRequest, proposal: Proposal, sent: VersionForm) -> str:
    actions.trust(by=actor(request), proposal=proposal, version=sent.cleaned_data["version"])
    return _("Elle a rejoint les autres propositions.")


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Every answer on one page. What is not right yet is kept and said."""
    proposal = _received(pk)
    if request.method != "POST":
        forms = {slug: form(typed(proposal, slug)) for slug, form in STEPS.items()}
        return _edit(request, proposal, forms, proposal.version)
    raw = {slug: form.raw(request.POST) for slug, form in STEPS.items()}
    raw["contact"] = {name: value for name, value in raw["contact"].items() if name not in PRIVATE}
    sent = VersionForm(request.POST)
    version = sent.cleaned_data["version"] if sent.is_valid() else 0
    try:
        actions.edit(by=actor(request), proposal=proposal, version=version, steps=raw)
    except Stale as error:
        said = _("Vos mots sont encore dans les cases : enregistrez de nouveau pour les garder.")
        messages.error(request, f"{error} {said}")
        proposal = _received(pk)
        forms = {slug: form({**typed(proposal, slug), **raw[slug]}) for slug, form in STEPS.items()}
        return _edit(request, proposal, forms, proposal.version, status=409)
    messages.success(request, _("C’est enregistré."))
    return redirect("staff_contributions:detail", pk)


def _edit(
    request: HttpRequest, proposal: Proposal, forms: dict[str, Any], version: int, status: int = 200
) -> HttpResponse:
    groups = []
    for slug, form in forms.items():
        form.is_valid()
        groups.append((form.name, [bound for bound in form if bound.name not in PRIVATE and _shown(bound, slug)]))
    context = {"proposal": proposal, "groups": groups, "version": VersionForm(initial={"version": version})}
    return render(request, "staff/contributions/edit.html", context, status=status)


def _shown(bound: Any, slug: str) -> bool:
    """Of ten rows of partners, those that are filled, and two more."""
    if slug != "ou":
        return True
    kind, number = bound.name.split("_")[:2]
    filled = [int(name.split("_")[1]) for name, said in bound.form.data.items() if name.startswith(kind) and said]
    return int(number) <= max(filled, default=-1) + (2 if kind == "partner" else 1)


@require_safe
@editor_required
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page exactly as it would be: made, shown, and unmade."""
    proposal = _received(pk)
    if proposal.practice is not None:
        return redirect(proposal.practice.get_absolute_url())
    try:
        with transaction.atomic():
            practice = publish(by=actor(request), proposal=proposal)
            page = practice_page(request, Practice.objects.with_story().get(pk=practice.pk), is_preview=True)
            transaction.set_rollback(True)
    except Incomplete as error:
        return _detail(request, proposal, status=422, problem=str(error))
    return page


@require_safe
@editor_required
def file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """A file not public yet."""
    proposal = _received(pk)
    attachment = proposal.attachments.filter(pk=number).first()
    if attachment is None:
        raise Http404
    return served(proposal, attachment)
