"""Files of proposals: to those who hold the link; to everyone once the case is published."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from fairealliance.contributions.actions.attachments import path_of
from fairealliance.contributions.enums import Status
from fairealliance.contributions.models import Attachment, Proposal
from fairealliance.contributions.views.shared import by_link
from fairealliance.lib import sent_files
from fairealliance.lib.sent_files import AttachmentKind
from fairealliance.lib.slugs import slug


@require_safe
@by_link
def own(request: HttpRequest, proposal: Proposal, token: str, number: int) -> HttpResponseBase:
    """One of the proposer's own files."""
    attachment = proposal.attachments.filter(pk=number).first()
    if attachment is None:
        raise Http404
    return served(proposal, attachment)


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
    """Photos are shown, documents are downloaded."""
    return sent_files.served(
        path_of(proposal, attachment),
        extension=attachment.extension,
        name=slug(attachment.words)[:60] or "fichier",
        inline=attachment.kind == AttachmentKind.PHOTO,
    )
