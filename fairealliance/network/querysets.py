"""Reading catalysts, mediators and requests: who is seen, who covers a place, who has room, who is there."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.accounts.second_proof import lacks_second_proof
from fairealliance.network.enums import MarkKind, Standing, Status
from fairealliance.network.life import HELD, OPEN
from fairealliance.territories.models import Membership, Territory

if TYPE_CHECKING:
    from fairealliance.network.models import (  # noqa: F401 -- in the base classes, as strings
        Catalyst,
        Mediator,
        SupportRequest,
    )


def _serving(prefix: str = "") -> Q:
    """Of catalysts, or of what leads to one by `prefix`."""
    return Q(**{f"{prefix}standing": Standing.ACCEPTED, f"{prefix}user__is_active": True})


def _active(prefix: str = "") -> Q:
    return _serving(prefix) & Q(**{f"{prefix}consented_at__isnull": False})


def _workload() -> Count:
    return Count("requests", filter=Q(requests__status__in=HELD), distinct=True)


class CatalystQuerySet(models.QuerySet["Catalyst"]):
    """`active` first, wherever anybody but its owner and the secretariat reads."""

    def active(self) -> "CatalystQuerySet":
        """Accepted by the secretariat, willing to be listed, and of an open account."""
        return self.filter(_active())

    def serving(self) -> "CatalystQuerySet":
        """Listed or not: what they accepted is theirs until it ends."""
        return self.filter(_serving())

    def of_world(self, *, is_demo: bool) -> "CatalystQuerySet":
        """The real ones, or those of the invented world: neither acts for the other, and only the real ones count."""
        return self.filter(user__is_demo=is_demo)

    def covering(self, territory: Territory) -> "CatalystQuerySet":
        """Whose territories are it, or contain it."""
        above = Membership.objects.filter(child=territory).values("parent")
        links = self.model.territories.through.objects
        here = links.filter(Q(territory=territory) | Q(territory__in=above))
        return self.filter(pk__in=here.values("catalyst"))

    def around(self, territory: Territory) -> "CatalystQuerySet":
        """Those who cover it, and those who cover a part of it."""
        below = Membership.objects.filter(parent=territory).values("child")
        above = Membership.objects.filter(child=territory).values("parent")
        links = self.model.territories.through.objects
        here = links.filter(Q(territory=territory) | Q(territory__in=above) | Q(territory__in=below))
        return self.filter(pk__in=here.values("catalyst"))

    def with_workload(self) -> "CatalystQuerySet":
        """`workload`: how many requests they hold, offered or accepted."""
        return self.annotate(workload=_workload())

    def with_room(self) -> "CatalystQuerySet":
        """Whose workload is below what they can take."""
        return self.annotate(workload=_workload()).filter(workload__lt=F("capacity"))

    def present(self, on: date | None = None) -> "CatalystQuerySet":
        """Not absent on that day, today unless told."""
        day = on or timezone.localdate()
        away = Q(absent_from__lte=day) & (Q(absent_until__isnull=True) | Q(absent_until__gte=day))
        return self.exclude(pk__in=self.model._default_manager.filter(away).values("pk"))

    def of_trade(self, slug: str) -> "CatalystQuerySet":
        return self.filter(marks__kind=MarkKind.TRADE, marks__slug=slug)

    def of_sector(self, slug: str) -> "CatalystQuerySet":
        return self.filter(marks__kind=MarkKind.SECTOR, marks__slug=slug)

    def for_cards(self) -> "CatalystQuerySet":
        """Three queries, whatever their number."""
        return self.select_related("organisation", "user").prefetch_related("territories", "marks")


class MediatorQuerySet(models.QuerySet["Mediator"]):
    """Who mediates for the State, and where."""

    def of_world(self, *, is_demo: bool) -> "MediatorQuerySet":
        """As of catalysts."""
        return self.filter(user__is_demo=is_demo)

    def of(self, territory: Territory) -> "MediatorQuerySet":
        """Those of the département that `territory` is, or lies in (several when it crosses two)."""
        above = Membership.objects.filter(child=territory).values("parent")
        return self.filter(Q(territory=territory) | Q(territory__in=above), user__is_active=True)


class SupportRequestQuerySet(models.QuerySet["SupportRequest"]):
    """Requests for support: of whom, and where they stand."""

    def open(self) -> "SupportRequestQuerySet":
        """Neither ended nor withdrawn."""
        return self.filter(status__in=OPEN)

    def asked_by(self, user: User) -> "SupportRequestQuerySet":
        return self.filter(asked_by=user)

    def readable_by(self, user: User) -> "SupportRequestQuerySet":
        """Those one has a part in, and those of the départements one mediates. The secretariat reads at the desk."""
        mediated = self.model._default_manager.all().mediated_by(user)
        return self.filter(self._with_a_part(user) | Q(pk__in=mediated.order_by().values("pk")))

    def with_a_part_of(self, user: User) -> "SupportRequestQuerySet":
        """Its asker's; any active catalyst's to whom it was offered; and, consent withdrawn, what they still carry."""
        return self.filter(self._with_a_part(user))

    def mediated_by(self, user: User) -> "SupportRequestQuerySet":
        """Of the départements where the State named them mediator, in their world: to read. What was taken back, or has
        no words left, is nobody's to read.
        """
        if not user.is_active or lacks_second_proof(user):
            return self.none()
        places = user.mediations.order_by().values("territory")
        inside = Membership.objects.filter(parent__in=places).values("child")
        here = self.filter(Q(commune__in=places) | Q(commune__in=inside), is_demo=user.is_demo)
        return here.exclude(status=Status.WITHDRAWN).exclude(challenge="")

    def _with_a_part(self, user: User) -> Q:
        everything = self.model._default_manager
        offered = everything.filter(_active("turns__catalyst__"), turns__catalyst__user=user)
        carried = everything.filter(_serving("catalyst__"), catalyst__user=user, status=Status.ACCEPTED)
        return Q(asked_by=user) | Q(pk__in=offered.values("pk")) | Q(pk__in=carried.values("pk"))

    def for_lists(self) -> "SupportRequestQuerySet":
        return self.select_related("commune", "organisation", "catalyst__user", "asked_by")
