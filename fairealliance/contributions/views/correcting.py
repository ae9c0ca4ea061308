"""« This is not right »: one form, from any page of a case, an organisation or a resource."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fairealliance.accounts import limits
from fairealliance.contributions import actions, subjects, suspicion
from fairealliance.contributions.forms import CorrectionForm
from fairealliance.contributions.models import Correction
from fairealliance.contributions.pace import MOST_CORRECTIONS, USUAL_CORRECTIONS, WINDOW
from fairealliance.contributions.subjects import Subject
from fairealliance.contributions.views.shared import private
from fairealliance.lib.sent_once import sent_once
from fairealliance.provenance.pages import trail_to


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """`?objet=practice:12&champ=title`."""
    subject = subjects.find(request.POST.get("objet") or request.GET.get("objet", ""))
    if subject is None:
        raise Http404(_("Nous ne tenons rien sous cette adresse."))
    chosen = request.GET.get("champ", "")
    if request.method != "POST":
        field = chosen if chosen in dict(subject.choices) else ""
        form = CorrectionForm(None, subject.choices, field)
        if field:
            form.initial["after"] = subject.text_of(field)
        return _page(request, subject, form)
    form = CorrectionForm(request.POST, subject.choices)
    if not form.is_valid():
        return _page(request, subject, form, status=422)
    if not limits.may("correction", request, most=MOST_CORRECTIONS, window=WINDOW):
        form.add_error(None, _("Beaucoup de remarques ont été envoyées d’ici : réessayez dans une heure."))
        return _page(request, subject, form, status=429)
    return _suggest(request, subject, form)


def _suggest(request: HttpRequest, subject: Subject, form: CorrectionForm) -> HttpResponse:
    said = form.cleaned_data
    text = f"{said['after']} {said['comment']}"
    stamp = request.POST.get(suspicion.STAMP, "") or text
    key = sent_once(stamp, subject.ref, said["field"], said["after"], said["comment"])
    digest = suspicion.digest_of(text)
    seen = bool(digest) and Correction.objects.exclude(page_key=key).filter(text_digest=digest).exists()
    judgement = suspicion.judge(request, text, what="correction-send", usual=USUAL_CORRECTIONS, seen_before=seen)
    actions.suggest(
        subject=subject,
        field=said["field"],
        after=said["after"],
        comment=said["comment"],
        email=said["contact_email"],
        page_key=key,
        judgement=judgement,
    )
    return redirect(f"{reverse('contributions:corrected')}?objet={subject.ref}")


def _page(request: HttpRequest, subject: Subject, form: CorrectionForm, status: int = 200) -> HttpResponse:
    now = [(subject.label_of(name), subject.text_of(name)) for name in subject.fields if subject.text_of(name)]
    context = {
        "subject": subject,
        "form": form,
        "now": now,
        "stamp": request.POST.get(suspicion.STAMP) or suspicion.new_stamp(),
        "trail": trail_to((str(subject.thing)[:60], subject.address), (_("Corriger"), "")),
    }
    return private(render(request, "contributions/correct.html", context, status=status))


@require_safe
def corrected(request: HttpRequest) -> HttpResponse:
    """Thanks, and the way back."""
    subject = subjects.find(request.GET.get("objet", ""))
    return private(render(request, "contributions/corrected.html", {"subject": subject}))
