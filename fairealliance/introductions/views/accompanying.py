"""Taking on the support of an introduction, and ending it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairealliance.accounts.actors import who
from fairealliance.introductions import actions
from fairealliance.introductions.models import Introduction
from fairealliance.introductions.views.shared import for_visible
from fairealliance.lib.lives import NotAllowed


@for_visible
@require_POST
def accompany(request: HttpRequest, introduction: Introduction) -> HttpResponse:
    """`accord=donner` begins; anything else ends, which hurts nobody."""
    user = who(request)
    if request.POST.get("accord") == "donner":
        try:
            actions.accompany(by=user, introduction=introduction)
        except NotAllowed as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Vous accompagnez cet échange : les deux organisations en sont averties."))
        return redirect(introduction)
    held = actions.end_support(by=user, introduction=introduction)
    messages.success(request, _("L’accompagnement a pris fin."))
    still = Introduction.objects.visible_to(user).filter(pk=held.pk).exists()
    return redirect(introduction if still else "introductions:mine")
