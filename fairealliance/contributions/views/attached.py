"""Files of proposals: to those who hold the link; to everyone once the case is published."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from fairealliance.contributions.actions.attachments import path_of
from fairealliance.contributions.enums import AttachmentKind, Status
from fairealliance.contributions.files import CONTENT_TYPES
from fairealliance.contributions.models import Attachment, Proposal
from fairealliance.contributions.views.shared import by_link
from fairealliance.lib.slugs import slug

_POLICY = "default-src 'none'; sandbox"


@require_safe
@by_link
def own(request: HttpRequest, proposal: Proposal, token: str, number: int) -> HttpResponse:
    """One of the proposer's own files."""
    attachment = proposal.attachments.filter(pk=number).first()
    if attachment is None:
        raise Http404
    response = served(proposal, attachment)
    assert isinstance(response, HttpResponse | FileResponse)
    return response  # type: ignore[return-value]


@require_safe
def public(request: HttpRequest, key: str, extension: str) -> HttpResponseBase:
    """A file of a published case. Anything else does not exist."""
    found = Attachment.objects.select_related("proposal").filter(key=key, extension=extension).first()
    if found is None or found.proposal.status != Status.ACCEPTED:
        raise Http404
    response = served(found.proposal, found)
    response["Cache-Control"] = "public, max-age=3600"
    return response


def served(proposal: Proposal, attachment: Attachment) -> HttpResponseBase:
    """As what it is and nothing else: a browser neither guesses nor runs it; documents are downloaded."""
    try:
        file = path_of(proposal, attachment).open("rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=CONTENT_TYPES[attachment.extension])
    shown = "inline" if attachment.kind == AttachmentKind.PHOTO else "attachment"
    name = f"{slug(attachment.words)[:60] or 'fichier'}.{attachment.extension}"
    response["Content-Disposition"] = f'{shown}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    return response
