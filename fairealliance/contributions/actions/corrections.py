"""Corrections: suggested by anyone, decided at the desk, written through the room's own action."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.contributions import mails, subjects
from fairealliance.contributions.actions.shared import Stale
from fairealliance.contributions.enums import CorrectionStatus
from fairealliance.contributions.models import Correction
from fairealliance.contributions.permissions import PROPOSER
from fairealliance.contributions.subjects import ELSE, Subject
from fairealliance.contributions.suspicion import Judgement, digest_of
from fairealliance.journal.actions import record
from fairealliance.lib.lives import NotAllowed


@transaction.atomic
def suggest(
    *, subject: Subject, field: str, after: str, comment: str, email: str, page_key: str, judgement: Judgement
) -> Correction:
    """Kept for the desk. Sent twice from one page, it is one."""
    correction, made = Correction.objects.get_or_create(
        page_key=page_key,
        defaults={
            "subject": subject.ref,
            "subject_title": str(subject.thing)[:400],
            "field": field,
            "before": subject.text_of(field),
            "after": after,
            "comment": comment,
            "contact_email": email,
            "is_suspect": judgement.is_suspect,
            "suspicions": judgement.reasons,
            "text_digest": digest_of(f"{after} {comment}"),
        },
    )
    if made:
        record(by=PROPOSER, verb="correction-suggested", subject=correction.ref, detail={"about": subject.ref})
    return correction


@transaction.atomic
def accept(*, by: Actor, correction: Correction, version: int, text: str, seen: str | None = None) -> Correction:
    """Writes `text` (what was suggested, or better) in the thing. `seen`: what the editor read there, or
    what stood there when it was suggested.

    Raises Stale when the thing says something else now, NotAllowed or ValidationError.
    """
    require_hub_editor(by)
    held = _locked(correction, version)
    if held.field != ELSE:
        subject = subjects.find(held.subject)
        if subject is None:
            raise NotAllowed(_("Cette page n’existe plus : refusez la correction en le disant."))
        if _bare(subject.text_of(held.field)) != _bare(held.before if seen is None else seen):
            raise Stale(
                _("Entre-temps, la page a changé : voici ce qu’elle dit maintenant. Relisez, puis recommencez.")
            )
        subject.write(by=by, field=held.field, text=text)
    return _decided(held, by, CorrectionStatus.ACCEPTED, after=text)


def _bare(text: str) -> str:
    """A form gives back other line ends than it was given."""
    return "\n".join(text.splitlines()).strip()


@transaction.atomic
def refuse(*, by: Actor, correction: Correction, version: int, reason: str) -> Correction:
    """Not kept, with the reason, which the suggester is told."""
    require_hub_editor(by)
    return _decided(_locked(correction, version), by, CorrectionStatus.REFUSED, reason=reason)


def _locked(correction: Correction, version: int) -> Correction:
    held = Correction.objects.select_for_update().get(pk=correction.pk)
    if held.status != CorrectionStatus.NEW or held.version != version:
        who = held.decided_by.label if held.decided_by else ""
        raise Stale(_("Cette correction a déjà été traitée. %(who)s") % {"who": who})
    return held


def _decided(held: Correction, by: Actor, status: CorrectionStatus, **said: str) -> Correction:
    for name, value in said.items():
        setattr(held, name, value)
    held.status, held.decided_at, held.version = status, timezone.now(), held.version + 1
    held.decided_by = by if isinstance(by, User) else None
    held.save()
    record(by=by, verb=f"correction-{status}", subject=held.ref, detail={"about": held.subject, **said})
    if not held.is_suspect or status == CorrectionStatus.ACCEPTED:  # who is right is no robot
        mails.decided(held)
    return held
