"""Writing in the thread."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairealliance.accounts.actors import who
from fairealliance.introductions import actions
from fairealliance.introductions.forms import MessageForm
from fairealliance.introductions.models import Introduction
from fairealliance.introductions.permissions import can_read_thread, require
from fairealliance.introductions.views.reading import page
from fairealliance.introductions.views.shared import for_visible
from fairealliance.lib.lives import NotAllowed
from fairealliance.lib.text_fr import without_controls


@for_visible
@require_POST
def write(request: HttpRequest, introduction: Introduction) -> HttpResponse:
    """What is refused stays in the form, with why."""
    require(can_read_thread(who(request), introduction))
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, introduction, form, status=422)
    key = without_controls(request.POST.get("page_key", "")) or get_random_string(16)
    try:
        actions.write(
            by=who(request),
            introduction=introduction,
            text=form.cleaned_data["text"],
            page_key=key,
            files=form.files_sent(),
        )
    except NotAllowed as error:
        form.add_error("text", str(error))
        introduction.refresh_from_db()
        return page(request, introduction, form, status=409)
    messages.success(request, _("C’est envoyé."))
    return redirect(f"{introduction.get_absolute_url()}#fil")
