"""Files of a thread: to those who read it."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from fairealliance.accounts.actors import who
from fairealliance.introductions.actions.writing import path_of
from fairealliance.introductions.models import Attachment, Introduction
from fairealliance.introductions.permissions import can_read_thread, read_from
from fairealliance.introductions.views.shared import for_visible
from fairealliance.lib.masking import masked
from fairealliance.lib.sent_files import served
from fairealliance.lib.slugs import slug


@for_visible
@require_safe
def attachment(request: HttpRequest, introduction: Introduction, key: UUID) -> HttpResponseBase:
    """Always to be downloaded, never shown in a page of ours; its name says no address before both said yes."""
    if not can_read_thread(who(request), introduction):
        raise Http404
    found = get_object_or_404(
        Attachment.objects.select_related("message__introduction"),
        key=key,
        message__introduction=introduction,
        message__pk__gt=read_from(who(request), introduction),
    )
    told = found.file_name.rsplit(".", 1)[0]
    is_open = introduction.begun_on or introduction.is_reachable or masked(found.file_name) == found.file_name
    name = (slug(told)[:60] if is_open else "") or "fichier"
    return served(path_of(found), extension=found.extension, name=name, inline=False)
