"""Inviting by mail: a signed link, for one address, for a time, once."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts import limits
from fairealliance.accounts.actors import Actor
from fairealliance.accounts.models import User
from fairealliance.accounts.personal import person_of
from fairealliance.journal.actions import record
from fairealliance.lib.lives import NotAllowed
from fairealliance.organisations.enums import Role, Way
from fairealliance.organisations.members import mails
from fairealliance.organisations.members.actions import admit
from fairealliance.organisations.members.alone import alone_with
from fairealliance.organisations.models import Invitation, Member, Organisation
from fairealliance.organisations.permissions import require_administrator

GOOD_FOR = timedelta(days=14)
KEPT = timedelta(days=90)
_MOST_A_DAY, _MOST_TO_ONE, _DAY = 50, 4, timedelta(days=1)
_SIGNER = signing.Signer(salt="organisations.invitation")


class Expired(NotAllowed):
    """Its time is over."""


class Replayed(NotAllowed):
    """It has served."""


class Cancelled(NotAllowed):
    """Whoever invited took it back, or no longer administers; or it was declined."""


class ForAnother(NotAllowed):
    """It is for another address than those the account confirmed."""


def link(invitation: Invitation) -> str:
    """Its path. Only our key can make one; the row says whether it still holds."""
    return reverse("members:invitation", args=[_SIGNER.sign(str(invitation.pk))])


def find(token: str) -> Invitation | None:
    """None for a link that we did not make, or whose row is gone."""
    try:
        pk = int(_SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return Invitation.objects.select_related("organisation", "invited_by").filter(pk=pk).first()


def awaiting(user: User) -> list[Invitation]:
    """Those that `user` may accept or decline, the latest first. Two queries."""
    sent = Invitation.objects.waiting().filter(email__in=person_of(user).mails, expires_at__gt=timezone.now())
    return list(sent.select_related("organisation"))


def invite(*, by: Actor, organisation: Organisation, email: str, role: Role) -> Invitation:
    """Writes to `email`. Invited again, an address gets a new link and the old one is cancelled.

    Raises PermissionDenied; NotAllowed for whoever is a member, and beyond fifty a day.
    """
    to = email.strip().lower()
    require_administrator(by, organisation)
    _require_measure(organisation, to)
    with alone_with(organisation.pk) as held:
        require_administrator(by, held)
        if held.members.filter(user__email=to).exists():
            raise NotAllowed(_("Cette personne agit déjà pour l’organisation."))
        held.invitations.waiting().filter(email=to).update(cancelled_at=timezone.now())
        made = Invitation.objects.create(
            organisation=held,
            email=to,
            role=role,
            invited_by=by if isinstance(by, User) else None,
            expires_at=timezone.now() + GOOD_FOR,
        )
        _tell(by, "invitation-sent", made)
        mails.invited(made, link(made), GOOD_FOR.days)
    return made


def _require_measure(organisation: Organisation, to: str) -> None:
    sent = limits.count_of("invitations", str(organisation.pk), window=_DAY)
    if sent > _MOST_A_DAY or limits.count_of("invitations-to", to, window=_DAY) > _MOST_TO_ONE:
        raise NotAllowed(_("Trop d’invitations en une journée : attendez demain."))


def cancel(*, by: Actor, invitation: Invitation) -> None:
    """Nothing when it is no longer waiting."""
    with alone_with(invitation.organisation_id) as organisation:
        require_administrator(by, organisation)
        if organisation.invitations.waiting().filter(pk=invitation.pk).update(cancelled_at=timezone.now()):
            _tell(by, "invitation-cancelled", invitation)


def decline(*, by: User, invitation: Invitation) -> None:
    """The link serves no more, and whoever invited is told. Raises what `check` raises."""
    with alone_with(invitation.organisation_id):
        held = Invitation.objects.select_related("organisation", "invited_by").get(pk=invitation.pk)
        check(held, by)
        held.cancelled_at = timezone.now()
        held.save(update_fields=["cancelled_at"])
        _tell(by, "invitation-declined", held)
        mails.declined(held)


def check(invitation: Invitation, user: User) -> None:
    """Raises Cancelled, Replayed, Expired or ForAnother."""
    check_good(invitation)
    if invitation.email not in person_of(user).mails:
        said = _("Cette invitation est pour %(masked)s, et votre compte est à une autre adresse.")
        raise ForAnother(said % {"masked": masked(invitation.email)})


def check_good(invitation: Invitation) -> None:
    """Whoever holds it. Raises Cancelled, Replayed or Expired."""
    if invitation.accepted_at:
        raise Replayed(_("Cette invitation a déjà servi."))
    if invitation.cancelled_at:
        raise Cancelled(_("Cette invitation a été retirée ou déclinée. Demandez-en une autre à qui vous a invité."))
    if invitation.is_expired:
        raise Expired(_("Cette invitation n’est plus valable. Demandez-en une autre à qui vous a invité."))


def accept(*, by: User, invitation: Invitation) -> Member:
    """Once, whoever clicks how often. Raises what `check` raises."""
    with alone_with(invitation.organisation_id) as organisation:
        held = Invitation.objects.get(pk=invitation.pk)
        check(held, by)
        held.accepted_at, held.accepted_by = timezone.now(), by
        held.save(update_fields=["accepted_at", "accepted_by"])
        member = admit(by=by, organisation=organisation, user=by, role=Role(held.role), way=Way.INVITATION)
        _tell(by, "invitation-accepted", held)
    return member


def masked(email: str) -> str:
    """« m…@exemple.fr »: enough for its owner to know it, no more."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"


def forget() -> int:
    """Addresses of invitations long over."""
    return Invitation.objects.filter(expires_at__lt=timezone.now() - KEPT).delete()[0]


def _tell(by: Actor, verb: str, invitation: Invitation) -> None:
    detail = {"invitation": invitation.pk, "role": invitation.role}
    record(by=by, verb=verb, subject=f"organisation:{invitation.organisation_id}", detail=detail)
