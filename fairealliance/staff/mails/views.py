"""What did not go, why, and trying it anew. No word of a letter is shown: they are the reader's."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_tasks_db.models import DBTaskResult

from fairealliance.accounts.mail import kept_in
from fairealliance.accounts.tasks import deliver
from fairealliance.mailing import actions
from fairealliance.mailing.enums import LetterState
from fairealliance.mailing.models import Letter
from fairealliance.provenance.pages import page_of
from fairealliance.staff.access import actor, editor_required


def not_sent() -> int:
    """How many letters were given up, those that answer an act included."""
    return Letter.objects.filter(state=LetterState.FAILED).count() + _given_up().count()


@require_safe
@editor_required
def index(request: HttpRequest) -> HttpResponse:
    failed = Letter.objects.filter(state=LetterState.FAILED).select_related("user").order_by("-pk")
    waiting = Letter.objects.filter(state__in=[LetterState.QUEUED, LetterState.SENDING])
    context = {
        "page": page_of(request, failed),
        "waiting": waiting.count(),
        "late": waiting.filter(tried__gt=0).count(),
        "answers": _given_up()[:50],
        "kept_in": kept_in(),
    }
    return render(request, "staff/mails/index.html", context)


@require_POST
@editor_required
def again(request: HttpRequest, pk: int) -> HttpResponse:
    if not actions.send_again(by=actor(request), pk=pk):
        raise Http404
    messages.success(request, _("Ce courriel repart dans la minute."))
    return redirect("staff_mails:index")


def _given_up() -> "QuerySet[DBTaskResult]":
    """Codes, invitations, answers: they may be too late to be sent again, whoever asked asks again."""
    return DBTaskResult.objects.failed().filter(task_path=deliver.module_path).order_by("-finished_at")
