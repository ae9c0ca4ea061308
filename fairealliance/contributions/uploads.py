"""Files that come with the step « preuves »: checked, then kept; what is refused says why."""

from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from fairealliance.accounts import limits
from fairealliance.contributions import actions
from fairealliance.contributions.models import Proposal
from fairealliance.contributions.pace import MOST_FILES, WINDOW
from fairealliance.lib import sent_files
from fairealliance.lib.sent_files import AttachmentKind
from fairealliance.lib.text_fr import squeeze, without_controls

_TAKE = {AttachmentKind.PHOTO: sent_files.take_photo, AttachmentKind.DOCUMENT: sent_files.take_document}


@dataclass
class Sent:
    """What came: how many files were kept, and for each that was not, why (by the name of its field)."""

    kept: int = 0
    errors: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def read_files(request: HttpRequest, proposal: Proposal) -> Sent:
    """One photo and one document at most come at a time, each with its words."""
    sent = Sent()
    too_many = bool(request.FILES) and not limits.may("contribution-file", request, most=MOST_FILES, window=WINDOW)
    for kind in AttachmentKind:
        file = request.FILES.get(kind.value)
        words = squeeze(without_controls(request.POST.get(f"{kind.value}_words", "")))[:300]
        credit = squeeze(without_controls(request.POST.get(f"{kind.value}_credit", "")))[:200]
        sent.words |= {f"{kind.value}_words": words, f"{kind.value}_credit": credit}
        if isinstance(file, UploadedFile) and too_many:
            sent.errors[kind.value] = _("Beaucoup de fichiers ont été envoyés d’ici : réessayez dans une heure.")
        elif isinstance(file, UploadedFile):
            _read(sent, proposal, kind, file, words, credit)
    _describe(request, proposal)
    return sent


def _describe(request: HttpRequest, proposal: Proposal) -> None:
    """Words that came for files kept before without any."""
    for attachment in proposal.attachments.filter(words=""):
        words = squeeze(without_controls(request.POST.get(attachment.words_field, "")))[:300]
        if words:
            actions.describe(proposal=proposal, attachment_id=attachment.pk, words=words)


def _read(sent: Sent, proposal: Proposal, kind: AttachmentKind, file: UploadedFile, words: str, credit: str) -> None:
    """What is refused is told with what is missing; what is right is kept, even if its words are still to be said."""
    try:
        taken = _TAKE[kind](file, file.size or 0)  # type: ignore[arg-type]
        name = squeeze(without_controls(file.name or str(kind.label)))
        actions.attach(proposal=proposal, taken=taken, file_name=name, words=words, credit=credit)
    except sent_files.Refused as error:
        sent.errors[kind.value] = str(error)
        if not words:
            sent.errors[f"{kind.value}_words"] = _missing(kind)
    else:
        sent.kept += 1
        sent.words |= {f"{kind.value}_words": "", f"{kind.value}_credit": ""}


def _missing(kind: AttachmentKind) -> str:
    if kind == AttachmentKind.PHOTO:
        return _("Décrivez aussi la photo en une phrase, pour qui ne la voit pas.")
    return _("Donnez aussi un titre au document.")
