"""The way through a proposal: beginning, its steps saved as they go, reading it over, sending it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairealliance.accounts import limits
from fairealliance.contributions import actions, suspicion
from fairealliance.contributions.actions.proposing import Conflict, words_of
from fairealliance.contributions.forms import STEPS
from fairealliance.contributions.life import EDITABLE
from fairealliance.contributions.models import Proposal
from fairealliance.contributions.pace import MOST_BEGUN, USUAL_SENT, WINDOW
from fairealliance.contributions.publishing import Incomplete, wrong_steps
from fairealliance.contributions.story import story_of
from fairealliance.contributions.uploads import Sent, read_files
from fairealliance.contributions.views.shared import by_link
from fairealliance.contributions.views.step_page import StepPage, trail
from fairealliance.lib.french_numbers import small_whole
from fairealliance.lib.text_fr import without_controls

ORDER = list(STEPS)


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What proposing is, and one button."""
    return render(request, "contributions/index.html", {"stamp": suspicion.new_stamp(), "trail": trail()})


@never_cache
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A draft, and its first step. From the same page it is the same draft."""
    if not limits.may("contribution-begin", request, most=MOST_BEGUN, window=WINDOW):
        message = _("Beaucoup de propositions ont été commencées d’ici : réessayez dans une heure.")
        context = {"stamp": suspicion.new_stamp(), "refusal": message, "trail": trail()}
        return render(request, "contributions/index.html", context, status=429)
    stamp = request.POST.get(suspicion.STAMP) or suspicion.new_stamp()
    _proposal, token = actions.begin(page_key=suspicion.page_key(stamp))
    return redirect("contributions:step", token, ORDER[0])


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def step(request: HttpRequest, proposal: Proposal, token: str, step: str) -> HttpResponse:
    """One step. Whatever was typed is kept, even when it is not right yet."""
    if step not in STEPS:
        raise Http404
    if proposal.status not in EDITABLE:
        return redirect("contributions:case", token)
    if request.method != "POST":
        checked = step in proposal.content and "verifier" in request.GET
        return StepPage(request, proposal, token, step).render(show_errors=checked)
    try:
        proposal = _save(request, proposal, step)
    except Conflict as conflict:
        return StepPage(request, proposal, token, step).render_conflict(conflict)
    return _next(request, proposal, token, step)


def _save(request: HttpRequest, proposal: Proposal, step: str) -> Proposal:
    raw = STEPS[step].raw(request.POST)
    if step == "contact" and "autosave" not in request.POST:
        raw["consent"] = raw.get("consent", "")
    return actions.save_step(
        proposal=proposal,
        step=step,
        raw=raw,
        version=small_whole(request.POST.get("version", "")),
        page=without_controls(request.POST.get("editing", ""))[:40],
    )


def _next(request: HttpRequest, proposal: Proposal, token: str, step: str) -> HttpResponse:
    """Where the button that was pressed leads."""
    do, _separator, detail = request.POST.get("do", "").partition("-")
    files = read_files(request, proposal) if step == "preuves" else Sent()
    if do == "retirer" and detail.isdecimal() and len(detail) < 15:
        actions.detach(proposal=proposal, attachment_id=int(detail))
    page = StepPage(request, proposal, token, step, files=files)
    if files.errors:
        return page.render(show_errors=True, status=422)
    if do == "joindre" and page.lacks_words:
        return page.render(show_errors=True, status=422)
    if do in ("retirer", "joindre"):
        return redirect(page.address + "#fichiers")
    if do == "plus":
        return redirect(f"{page.address}?plus={detail}#{detail}")
    if do == "tard":
        return redirect("contributions:case", token)
    if not page.form.is_valid() or page.lacks_words:
        return page.render(show_errors=True, status=422)
    place = ORDER.index(step) + 1
    if place < len(ORDER):
        return redirect("contributions:step", token, ORDER[place])
    return redirect("contributions:review", token)


@require_POST
@by_link
def autosave(request: HttpRequest, proposal: Proposal, token: str, step: str) -> HttpResponse:
    """Keeps what is being typed; answers with a few words and the version now kept."""
    if step not in STEPS:
        raise Http404
    page = StepPage(request, proposal, token, step)
    try:
        page.proposal = _save(request, proposal, step)
    except Conflict:
        return page.render_saved(conflict=True)
    return page.render_saved()


@require_safe
@by_link
def review(request: HttpRequest, proposal: Proposal, token: str) -> HttpResponse:
    """All of it, before it is sent."""
    if proposal.status not in EDITABLE:
        return redirect("contributions:case", token)
    return _review(request, proposal, token)


def _review(request: HttpRequest, proposal: Proposal, token: str, status: int = 200) -> HttpResponse:
    attachments = list(proposal.attachments.all())
    chapters = story_of(proposal, attachments)
    context = {
        "proposal": proposal,
        "token": token,
        "chapters": chapters,
        "ready": all(chapter.is_right for chapter in chapters),
        "stamp": suspicion.new_stamp(),
        "trail": trail(_("Relire")),
        "steps": [(slug, form.name) for slug, form in STEPS.items()],
    }
    return render(request, "contributions/review.html", context, status=status)


@require_POST
@by_link
def send(request: HttpRequest, proposal: Proposal, token: str) -> HttpResponse:
    """To the desk. Sent twice, it is sent once."""
    if proposal.status in EDITABLE and wrong_steps(proposal):
        return _review(request, proposal, token, status=422)
    words = words_of(proposal)
    digest = suspicion.digest_of(words)
    seen = bool(digest) and Proposal.objects.received().exclude(pk=proposal.pk).filter(text_digest=digest).exists()
    begun = proposal.created_at
    judgement = suspicion.judge(
        request, words, what="contribution-send", usual=USUAL_SENT, seen_before=seen, begun_at=begun
    )
    suspicion.judge_recipient(proposal.contact_email, judgement)
    try:
        actions.send(proposal=proposal, judgement=judgement)
    except Incomplete:
        return _review(request, proposal, token, status=422)
    return redirect("contributions:case", token)
