"""Files of a thread: to those who read it."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from fairealliance.introductions.actions.writing import path_of
from fairealliance.introductions.models import Attachment, Introduction
from fairealliance.introductions.permissions import can_read_thread
from fairealliance.introductions.views.shared import for_visible, who
from fairealliance.lib.sent_files import served
from fairealliance.lib.slugs import slug


@for_visible
@require_safe
def attachment(request: HttpRequest, introduction: Introduction, key: UUID) -> HttpResponseBase:
    """Always to be downloaded, never shown in a page of ours."""
    if not can_read_thread(who(request), introduction):
        raise Http404
    found = get_object_or_404(
        Attachment.objects.select_related("message__introduction"), key=key, message__introduction=introduction
    )
    name = slug(found.file_name.rsplit(".", 1)[0])[:60] or "fichier"
    return served(path_of(found), extension=found.extension, name=name, inline=False)
