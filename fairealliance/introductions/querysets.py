"""Reading introductions: whose they are, and what each awaits."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q, QuerySet

from fairealliance.accounts.models import User
from fairealliance.accounts.second_proof import lacks_second_proof
from fairealliance.introductions.enums import Owing, Status
from fairealliance.introductions.life import OPEN, REACHABLE
from fairealliance.organisations.models import Member

if TYPE_CHECKING:
    from fairealliance.introductions.models import Introduction  # noqa: F401 -- in the base class, as a string


def organisations_of(user: User) -> "QuerySet[Member, int]":
    """The numbers of those they act for."""
    return Member.objects.filter(user=user).order_by().values_list("organisation_id", flat=True)


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def of(self, user: User) -> "IntroductionQuerySet":
        """Those of the organisations that `user` acts for, and those they proposed as a catalyst."""
        own = organisations_of(user)
        return self.filter(Q(asker__in=own) | Q(asked__in=own) | _proposed_by(user))

    def visible_to(self, user: User) -> "IntroductionQuerySet":
        """Whose page they may open: their own, those they were warned of; the secretariat all."""
        if not user.is_active:
            return self.none()
        if user.is_secretariat and not lacks_second_proof(user):
            return self
        own = organisations_of(user)
        warned = Q(pk__in=self.model.warned.through._default_manager.filter(user=user).values("introduction"))
        return self.filter(Q(asker__in=own) | Q(asked__in=own) | _proposed_by(user) | warned)

    def with_parties(self) -> "IntroductionQuerySet":
        return self.select_related("asker", "asked", "need", "asked_by")

    def open(self) -> "IntroductionQuerySet":
        return self.filter(status__in=OPEN)

    def over(self) -> "IntroductionQuerySet":
        return self.exclude(status__in=OPEN)

    def under_way(self) -> "IntroductionQuerySet":
        return self.filter(status__in=REACHABLE)

    def owed_by(self, user: User) -> "IntroductionQuerySet":
        """Those to which an organisation of theirs owes an answer."""
        own = organisations_of(user)
        return self.filter(
            Q(asker__in=own, waits_for__in=(Owing.ASKER, Owing.BOTH))
            | Q(asked__in=own, waits_for__in=(Owing.ASKED, Owing.BOTH)),
            status=Status.ASKED,
        )

    def awaited_by(self, user: User) -> "IntroductionQuerySet":
        """Those of theirs where somebody else owes the answer."""
        return self.of(user).filter(status=Status.ASKED).exclude(pk__in=self.owed_by(user).order_by().values("pk"))


def _proposed_by(user: User) -> Q:
    return Q(asked_by=user, route="catalyst")
