"""Reading needs and offers: who may see which, and those that answer a filter."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.accounts.second_proof import lacks_second_proof
from fairealliance.needs.enums import Visibility
from fairealliance.needs.life import LISTED, READABLE
from fairealliance.organisations.models import Member
from fairealliance.territories.models import Membership, Territory

if TYPE_CHECKING:
    from fairealliance.needs.models import Need  # noqa: F401 -- in the base class, as a string

Reader = User | AnonymousUser


class NeedQuerySet(models.QuerySet["Need"]):
    def listed(self) -> "NeedQuerySet":
        """What still awaits an answer."""
        return self.filter(status__in=LISTED)

    def public(self) -> "NeedQuerySet":
        """Listed, for everybody, and of an organisation that is still there."""
        return self.shown(in_network=False)

    def shown(self, *, in_network: bool) -> "NeedQuerySet":
        """Listed, of an organisation that is still there, to everybody or to the network as well."""
        return self.listed().filter(_still_there(), visibility__in=_open(in_network=in_network))

    def listed_for(self, reader: Reader) -> "NeedQuerySet":
        """Those of lists and panels. What goes by link is in no list, not even for its own."""
        return self.shown(in_network=is_of_network(reader))

    def readable_by(self, reader: Reader) -> "NeedQuerySet":
        """Those whose page `reader` may open: one's own too, but drafts, which are written and not read."""
        seen = Q(status__in=READABLE, visibility__in=_open(in_network=is_of_network(reader)))
        if isinstance(reader, User) and reader.is_active:
            own = Member.objects.filter(user=reader).values("organisation")
            seen |= Q(organisation__in=own, published_at__isnull=False)
        return self.filter(seen)

    def of_member(self, user: User) -> "NeedQuerySet":
        """Those of the organisations that `user` acts for, drafts too."""
        return self.filter(organisation__in=Member.objects.filter(user=user).values("organisation"))

    def of_goal(self, number: int) -> "NeedQuerySet":
        return self.alias(_goal=F("goal_bits").bitand(1 << (number - 1))).filter(_goal__gt=0)

    def around(self, territory: Territory) -> "NeedQuerySet":
        """In it, in what contains it, in what it contains; and what is done from afar."""
        above = Membership.objects.filter(child=territory).values("parent")
        below = Membership.objects.filter(parent=territory).values("child")
        links = self.model.territories.through.objects
        here = links.filter(Q(territory=territory) | Q(territory__in=above) | Q(territory__in=below))
        return self.filter(Q(is_remote=True) | Q(pk__in=here.values("need")))

    def for_cards(self) -> "NeedQuerySet":
        """Two queries, whatever their number."""
        return self.select_related("organisation").prefetch_related("territories").defer("content")


def _still_there() -> Q:
    return Q(organisation__closed_on__isnull=True) | Q(organisation__closed_on__gt=timezone.localdate())


def is_of_network(reader: Reader) -> bool:
    """Whether they act for an organisation: one comes to by proof only (docs/adr/0032). The secretariat sees it too."""
    if not isinstance(reader, User) or not reader.is_active:
        return False
    return (reader.is_secretariat and not lacks_second_proof(reader)) or Member.objects.filter(user=reader).exists()


def _open(*, in_network: bool) -> list[Visibility]:
    return [Visibility.PUBLIC, Visibility.NETWORK] if in_network else [Visibility.PUBLIC]
