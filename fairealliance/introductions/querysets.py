"""Reading introductions: whose they are, and what each awaits."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, Q, QuerySet

from fairealliance.accounts.models import User
from fairealliance.introductions.enums import Owing, Route, Status
from fairealliance.introductions.life import OPEN, REACHABLE
from fairealliance.network.models import Catalyst
from fairealliance.network.permissions import can_judge
from fairealliance.organisations.models import Member

if TYPE_CHECKING:
    from fairealliance.introductions.models import Introduction  # noqa: F401 -- in the base class, as a string


def organisations_of(user: User) -> "QuerySet[Member, int]":
    """The numbers of those they act for."""
    return Member.objects.filter(user=user).order_by().values_list("organisation_id", flat=True)


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def of(self, user: User) -> "IntroductionQuerySet":
        """Those of the organisations that `user` acts for, and those they proposed or support and still may."""
        own = organisations_of(user)
        return self.filter(Q(asker__in=own) | Q(asked__in=own) | _along_with(user))

    def visible_to(self, user: User) -> "IntroductionQuerySet":
        """Whose page they may open: their own, those where their help is awaited; the secretariat all."""
        if not user.is_active:
            return self.none()
        if can_judge(user):
            return self
        own = organisations_of(user)
        return self.filter(Q(asker__in=own) | Q(asked__in=own) | _along_with(user) | self._to_help(user))

    def to_help(self, user: User) -> "IntroductionQuerySet":
        """Those they were warned of, for as long as they can be of use: while the answer is owed, and they are an
        active catalyst or of the secretariat. Those they took on are theirs: `of`.
        """
        return self.filter(self._to_help(user)).exclude(companion=user) if user.is_active else self.none()

    def _to_help(self, user: User) -> Q:
        warned = self.model.warned.through._default_manager.filter(user=user).values("introduction")
        return Q(pk__in=warned, status=Status.ASKED) & _is_third(user)

    def with_parties(self) -> "IntroductionQuerySet":
        return self.select_related("asker", "asked", "need", "asked_by", "companion")

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


def _along_with(user: User) -> Q:
    """As `permissions.is_proposer` and `is_companion` say of one."""
    return (Q(asked_by=user, route=Route.CATALYST) | Q(companion=user)) & _is_third(user)


def _is_third(user: User) -> Q:
    """As `permissions.can_propose` says of one: nobody keeps what they read in a role they no longer have."""
    return Q() if can_judge(user) else Q(Exists(Catalyst.objects.active().filter(user=user)))
