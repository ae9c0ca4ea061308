"""Sending the form of a report: what becomes of it, at the desk and in the corner of those who report."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.models import User
from fairealliance.lib.french_numbers import small_whole
from fairealliance.roadmap.actions import drafts
from fairealliance.roadmap.actions.refusals import Moved, Refused
from fairealliance.roadmap.forms import DatedForm, form_for, initial_of, initial_of_report
from fairealliance.roadmap.models import Draft, Measure, Programme, Workstream

Subject = Measure | Workstream | Programme
SAVE, SUBMIT, PUBLISH, RETURN, DROP = "save", "submit", "publish", "return", "drop"
ACTS = (SAVE, SUBMIT, PUBLISH, RETURN, DROP)


@dataclass(frozen=True, slots=True)
class Sent:
    """The draft when all went well; else the form to show again, with what stood in the way and its status.

    `begun` is the draft which that form had begun already: the text to show again goes on with it.
    """

    draft: Draft | None = None
    begun: Draft | None = None
    form: DatedForm | None = None
    problem: str = ""
    status: int = 200


def subject_of(draft: Draft) -> Subject:
    return draft.measure or draft.workstream or draft.programme


def programme_of(subject: Subject) -> Programme:
    return subject if isinstance(subject, Programme) else subject.programme


def blank_form(subject: Subject, corrected: Any = None) -> DatedForm:
    """A new report; or the correction of one that is published."""
    return form_for(subject)(subject=subject, initial=initial_of_report(corrected) if corrected else _usual(subject))


def _usual(subject: Subject) -> dict[str, Any]:
    """What a progress report most often says: how things stand today, under the title of the one before."""
    if not isinstance(subject, Programme):
        return {}
    last = subject.progress_reports.order_by("dated_on", "version").last()
    return {"dated_on": timezone.localdate(), "title": last.title if last else subject.title}


def form_of(draft: Draft) -> DatedForm:
    subject = subject_of(draft)
    return form_for(subject)(subject=subject, initial=initial_of(draft))


def send(*, by: User, subject: Subject, posted: QueryDict, draft: Draft | None = None) -> Sent:
    """Saves what was written, then submits or publishes it if asked. Nothing is half done."""
    act = posted.get("act", SAVE)
    form = form_for(subject)(posted, subject=subject)
    if act not in ACTS:
        return Sent(form=form, problem=_("Ce geste n’existe pas."), status=422)
    if act in (DROP, RETURN) and draft:
        return _plain(by, draft, act, posted.get("lock", ""), form)
    if not form.is_valid():
        return Sent(form=form, status=422)
    begun = None if draft else _begun_by(subject, form)
    try:
        with transaction.atomic():
            is_same = begun is not None and act in (SUBMIT, PUBLISH) and _says(begun, form)
            saved = begun if begun and is_same else _saved(by, subject, draft, form)
            if act == SUBMIT:
                saved = drafts.submit_draft(by=by, draft=saved, lock=saved.lock)
            elif act == PUBLISH:
                saved = drafts.publish_draft(by=by, draft=saved, lock=saved.lock)
    except Moved as moved:
        told = _("%s Votre texte est ci-dessous, non enregistré : relisez le sien, puis reprenez le vôtre.")
        return Sent(form=_again(subject, posted, draft), problem=told % moved, status=409)
    except Refused as refused:
        if begun is not None:
            told = _(
                "%s Votre texte est ci-dessous, non enregistré : renvoyez-le pour qu’il remplace celui du brouillon."
            )
            return Sent(form=_again(subject, posted, begun), begun=begun, problem=told % refused, status=409)
        return Sent(form=form, problem=str(refused), status=409)
    return Sent(draft=saved)


def _begun_by(subject: Subject, form: DatedForm) -> Draft | None:
    """The draft this very form began: one goes back to it after the preview, and sends it again."""
    begun = Draft.objects.filter(token=form.cleaned_data["token"], programme=programme_of(subject)).first()
    return begun if begun is not None and begun.is_open and subject_of(begun) == subject else None


def _says(draft: Draft, form: DatedForm) -> bool:
    return all(getattr(draft, name) == value for name, value in form.data_of_draft.items())


def _again(subject: Subject, posted: QueryDict, draft: Draft | None) -> DatedForm:
    """What was typed, on top of what was saved meanwhile: sent again, it replaces it knowingly."""
    told = posted.copy()
    if draft is not None:
        told["lock"] = str(Draft.objects.values_list("lock", flat=True).get(pk=draft.pk))
    return form_for(subject)(told, subject=subject)


def _plain(by: User, draft: Draft, act: str, lock: str, form: DatedForm) -> Sent:
    """Gestes that leave the text as it is."""
    move = drafts.drop_draft if act == DROP else drafts.return_draft
    try:
        return Sent(draft=move(by=by, draft=draft, lock=small_whole(lock)))
    except Refused as refused:
        return Sent(form=form, problem=str(refused), status=409)


def _saved(by: User, subject: Subject, draft: Draft | None, form: DatedForm) -> Draft:
    told = form.data_of_draft
    if draft is not None:
        return drafts.save_draft(by=by, draft=draft, lock=form.cleaned_data["lock"], **told)
    return drafts.start_draft(
        by=by,
        programme=programme_of(subject),
        measure=subject if isinstance(subject, Measure) else None,
        workstream=subject if isinstance(subject, Workstream) else None,
        token=form.cleaned_data["token"],
        **told,
    )
