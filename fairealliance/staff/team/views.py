"""The team at the desk: who enters it, and what the secretariat does about each."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairealliance.accounts.mail import kept_in
from fairealliance.accounts.models import User
from fairealliance.provenance.pages import page_of
from fairealliance.staff import people
from fairealliance.staff.access import actor, editor_required
from fairealliance.staff.team.forms import InviteForm


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def index(request: HttpRequest) -> HttpResponse:
    """Everyone, and the form that invites one more."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = people.invite_editor(by=actor(request), **form.told)
        _tell(request, _("%s peut entrer au bureau : un courriel lui dit comment.") % user.label, by_mail=True)
        return redirect("staff_team:index")
    rows = people.with_proof(people.editors()).order_by("-is_secretariat", "name", "email")
    context = {"page": page_of(request, rows), "form": form}
    return render(request, "staff/team/index.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: their role, a lost access, withdrawing them."""
    user = get_object_or_404(people.with_proof(people.editors()), pk=pk)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        return render(request, "staff/team/person.html", {"person": user, "is_oneself": user == request.user})
    try:
        act(request, user)
    except people.Oneself as refused:
        messages.error(request, str(refused))
    return (
        redirect("staff_team:person", pk) if people.editors().filter(pk=pk).exists() else redirect("staff_team:index")
    )


def _invite_again(request: HttpRequest, user: User) -> None:
    people.invite_editor(by=actor(request), email=user.email, is_writer_only=not user.is_secretariat)
    _tell(request, _("L’invitation est renvoyée."), by_mail=True)


def _change_role(request: HttpRequest, user: User) -> None:
    people.add_editor(by=actor(request), email=user.email, is_writer_only=user.is_secretariat)
    _tell(request, _("Le rôle de %s a changé.") % user.label)


def _rescue(request: HttpRequest, user: User) -> None:
    people.rescue_editor(by=actor(request), email=user.email)
    _tell(request, _("L’ancien accès est fermé : un courriel donne à %s un nouveau lien.") % user.label, by_mail=True)


def _withdraw(request: HttpRequest, user: User) -> None:
    people.remove_editor(by=actor(request), email=user.email)
    _tell(request, _("%s n’entre plus au bureau.") % user.label)


_ACTS: dict[str, Callable[[HttpRequest, User], None]] = {
    "invite": _invite_again,
    "role": _change_role,
    "rescue": _rescue,
    "withdraw": _withdraw,
}


def _tell(request: HttpRequest, said: str, *, by_mail: bool = False) -> None:
    messages.success(request, said)
    if by_mail and kept_in():
        messages.warning(request, _("Les courriels ne partent pas de ce serveur : qui le tient y trouve celui-ci."))
