"""What this room holds of a person: for whom they act, what they asked, who invited them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fairealliance.accounts.personal import Holding, Person, register
from fairealliance.organisations.members.alone import LastAdministrator, lock, others
from fairealliance.organisations.models import Claim, Invitation, Member


def register_all() -> None:
    register(
        Holding(
            "organisations",
            _("Les organisations pour lesquelles vous agissez"),
            export=_export,
            erase=_erase,
            erased=_("Votre place dans ces organisations, vos demandes et les invitations à votre adresse."),
            kept=_("La fiche de chaque organisation : elle n’est pas à votre nom."),
            obstacle=_obstacle,
        )
    )


def _invitations(person: Person) -> QuerySet[Invitation]:
    mine = Q(email__in=person.mails)
    return Invitation.objects.filter(mine | Q(invited_by=person.user) | Q(accepted_by=person.user))


def _export(person: Person) -> dict[str, Any]:
    told = {
        "members": list(
            Member.objects.filter(user=person.user).values("organisation_id", "organisation__name", "role", "since")
        ),
        "claims": list(
            Claim.objects.filter(user=person.user).values(
                "organisation__name", "proposed", "way", "status", "position", "message", "asked_at", "reason"
            )
        ),
        "invitations_to_you": list(
            Invitation.objects.filter(email__in=person.mails).values("organisation__name", "role", "invited_at")
        ),
        "invitations_by_you": list(
            Invitation.objects.filter(invited_by=person.user).values("organisation__name", "email", "invited_at")
        ),
    }
    return {name: held for name, held in told.items() if held}


def _obstacle(person: Person) -> list[str]:
    """Locks each organisation until the account is gone: meanwhile nobody else can leave it."""
    mine = Member.objects.filter(user=person.user).order_by("organisation_id")
    found = []
    for pk in mine.values_list("organisation_id", flat=True):
        organisation = lock(pk)
        member = Member.objects.filter(user=person.user, organisation=organisation).first()
        if member and member.is_administrator and not others(organisation, member):
            found += LastAdministrator(organisation).messages
    return found


def _erase(person: Person) -> None:
    Member.objects.filter(user=person.user).delete()
    Claim.objects.filter(user=person.user).delete()
    _invitations(person).delete()
