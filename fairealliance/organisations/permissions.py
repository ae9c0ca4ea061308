"""Who may do what for an organisation. Its members are facts in a table, not a column of the person."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor, System
from fairealliance.accounts.permissions import can_edit_hub
from fairealliance.organisations.models import Member, Organisation


def _memberships(by: Actor) -> QuerySet[Member]:
    """None of a closed account."""
    if isinstance(by, System) or not by.is_active:
        return Member.objects.none()
    return Member.objects.filter(user=by)


def membership(by: Actor, organisation: Organisation | int) -> Member | None:
    """By which they act for it; None for whoever does not."""
    pk = organisation if isinstance(organisation, int) else organisation.pk
    return _memberships(by).filter(organisation=pk).first()


def can_act_for(by: Actor, organisation: Organisation | int) -> bool:
    """May speak in its name: needs, offers, introductions."""
    return membership(by, organisation) is not None


def those_acted_for(by: Actor, organisations: Iterable[int]) -> set[int]:
    """Of these, by number, those that `can_act_for` allows. One query."""
    held = _memberships(by).filter(organisation__in=list(organisations)).order_by()
    return set(held.values_list("organisation_id", flat=True))


def can_administer(by: Actor, organisation: Organisation | int) -> bool:
    """May say who acts for it, and what it is. The secretariat may, for all."""
    if can_edit_hub(by):
        return True
    member = membership(by, organisation)
    return member is not None and member.is_administrator


def require_administrator(by: Actor, organisation: Organisation | int) -> None:
    """Raises PermissionDenied with a French message unless `can_administer`."""
    if not can_administer(by, organisation):
        raise PermissionDenied(_("Seules les personnes qui administrent l’organisation le peuvent."))
