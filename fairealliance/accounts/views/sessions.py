"""Where one is signed in; ended one by one, or all at once."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fairealliance.accounts import actions
from fairealliance.accounts.models import User
from fairealliance.lib.browsers import told


@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    own = request.session.session_key
    sessions = [
        {
            "pk": each.pk,
            "browser": told(each.user_agent),
            "since": each.created_at,
            "seen": each.last_seen_at,
            "own": each.session_key == own,
        }
        for each in sorted(UserSession.objects.purge_and_list(request.user), key=lambda each: -each.pk)
    ]
    return render(request, "accounts/sessions.html", {"sessions": sessions})


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Another's session does not exist for whoever asks."""
    assert isinstance(request.user, User)
    if not actions.end_session(by=request.user, pk=pk):
        raise Http404
    messages.success(request, _("Cette session est fermée."))
    return redirect("usersessions_list")


@login_required
@require_POST
def end_all(request: HttpRequest) -> HttpResponse:
    """All the others; with `tout`, this one as well."""
    assert isinstance(request.user, User)
    if "tout" in request.POST:
        actions.end_sessions(by=request.user)
        logout(request)
        return redirect("account_login")
    actions.end_sessions(by=request.user, but=request.session.session_key or "")
    messages.success(request, _("Les autres sessions sont fermées."))
    return redirect("usersessions_list")
