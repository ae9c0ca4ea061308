"""Writing who acts for an organisation: admitted, named, leaving, removed."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.models import User
from fairealliance.accounts.personal import person_of
from fairealliance.journal.actions import record
from fairealliance.lib.lives import NotAllowed
from fairealliance.organisations.enums import ClaimStatus, Role, Way
from fairealliance.organisations.members import mails
from fairealliance.organisations.members.alone import alone_with, require_another
from fairealliance.organisations.members.deciding import decide
from fairealliance.organisations.models import OPEN, Claim, Invitation, Member, Organisation
from fairealliance.organisations.permissions import require_administrator


def admit(*, by: Actor, organisation: Organisation, user: User, role: Role, way: Way) -> Member:
    """`user` acts for it from now on; whoever already does keeps the higher role. The organisation is locked, and
    the caller has judged the proof. What else they asked, or were offered, is over.
    """
    _cancel_invitations_to(organisation, user)
    _withdraw_claims(by, organisation, user)
    member, made = Member.objects.get_or_create(
        organisation=organisation, user=user, defaults={"role": role, "way": way}
    )
    before = "" if made else member.role
    if not made and role == Role.ADMINISTRATOR and not member.is_administrator:
        member.role = role
        member.save(update_fields=["role"])
    if before != member.role:
        detail = {"member": member.pk, "way": way.value}
        _tell(by, "member-admitted", organisation, detail, before, member.role)
    return member


def leave(*, by: User, organisation: Organisation) -> None:
    """Raises LastAdministrator; NotAllowed for whoever is no member."""
    with alone_with(organisation.pk) as held:
        member = _held(held, user=by)
        require_another(held, member)
        _end(by, "member-left", held, member)


def remove(*, by: Actor, member: Member) -> None:
    """Takes somebody out, and tells them. Raises PermissionDenied, LastAdministrator, NotAllowed."""
    with alone_with(member.organisation_id) as organisation:
        require_administrator(by, organisation)
        held = _held(organisation, pk=member.pk)
        require_another(organisation, held)
        _end(by, "member-removed", organisation, held)
        mails.removed(organisation, held)


def name(*, by: Actor, member: Member, role: Role) -> Member:
    """Changes a role. Raises PermissionDenied, LastAdministrator, NotAllowed."""
    with alone_with(member.organisation_id) as organisation:
        require_administrator(by, organisation)
        held = _held(organisation, pk=member.pk)
        if held.role == role:
            return held
        if role != Role.ADMINISTRATOR:
            require_another(organisation, held)
            _cancel_invitations(organisation, held.user)
            _cancel_invitations_to(organisation, held.user)
        before, held.role = held.role, role
        held.save(update_fields=["role"])
        entry = _tell(by, "member-named", organisation, {"member": held.pk}, before, held.role)
        if held.user_id != by.user_id:
            mails.named(organisation, held, entry)
    return held


def entrust(*, by: User, organisation: Organisation) -> None:
    """The only member gives the organisation back: the secretariat looks after it until somebody claims it again.

    Raises NotAllowed while there is anyone else: they name one of them instead.
    """
    with alone_with(organisation.pk) as held:
        require_administrator(by, held)
        if held.members.exclude(user=by).exists():
            raise NotAllowed(_("D’autres personnes agissent pour elle : nommez l’une d’elles à votre place."))
        member = _held(held, user=by)
        held.invitations.waiting().update(cancelled_at=timezone.now())
        _end(by, "organisation-entrusted", held, member)


def _held(organisation: Organisation, **which: Any) -> Member:
    member = organisation.members.with_people().filter(**which).first()
    if member is None:
        raise NotAllowed(_("Cette personne n’agit pas, ou n’agit plus, pour l’organisation."))
    return member


def _end(by: Actor, verb: str, organisation: Organisation, member: Member) -> None:
    _cancel_invitations(organisation, member.user)
    _cancel_invitations_to(organisation, member.user)
    _withdraw_claims(by, organisation, member.user)
    pk, role = member.pk, member.role
    Member.objects.filter(pk=pk).delete()
    _tell(by, verb, organisation, {"member": pk}, role, "")


def _cancel_invitations(organisation: Organisation, user: User) -> None:
    """Whoever no longer administers has nobody enter after them."""
    Invitation.objects.waiting().filter(organisation=organisation, invited_by=user).update(cancelled_at=timezone.now())


def _cancel_invitations_to(organisation: Organisation, user: User) -> None:
    """Nobody comes back, or rises, by a link from before."""
    waiting = Invitation.objects.waiting().filter(organisation=organisation, email__in=person_of(user).mails)
    waiting.update(cancelled_at=timezone.now())


def _withdraw_claims(by: Actor, organisation: Organisation, user: User) -> None:
    for claim in Claim.objects.select_for_update().filter(organisation=organisation, user=user, status__in=OPEN):
        decide(claim, ClaimStatus.WITHDRAWN, by=by)


def _tell(by: Actor, verb: str, organisation: Organisation, detail: dict[str, object], before: str, after: str) -> int:
    """Who it was is told by the row's number only: it means nothing once the person is erased. Returns the entry's."""
    with transaction.atomic():
        subject = f"organisation:{organisation.pk}"
        return record(by=by, verb=verb, subject=subject, detail=detail, before=before, after=after).sequence
