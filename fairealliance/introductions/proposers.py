"""Who put two organisations in touch, and who supports them: both are told."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from fairealliance.accounts.models import User
from fairealliance.introductions.models import Introduction
from fairealliance.introductions.permissions import is_companion
from fairealliance.network.models import Catalyst
from fairealliance.network.permissions import can_judge


class Proposer(NamedTuple):
    """`role`: empty for whoever no longer has one; `href`: of a catalyst's public profile."""

    name: str
    role: str
    href: str


def of(introduction: Introduction) -> Proposer | None:
    """None when one organisation asked the other by itself. One query."""
    if not introduction.is_by_catalyst:
        return None
    by = introduction.asked_by
    return _named(by) if by else Proposer(_("une personne qui a fermé son compte"), "", "")


def companion_of(introduction: Introduction) -> Proposer | None:
    """Whoever supports both, while they may. Three queries at most."""
    by = introduction.companion
    return _named(by) if by and is_companion(by, introduction) else None


def _named(by: User) -> Proposer:
    if catalyst := Catalyst.objects.active().filter(user=by).first():
        return Proposer(catalyst.name, _("catalyseur"), catalyst.get_absolute_url())
    if can_judge(by):
        return Proposer(by.name, _("secrétariat"), "") if by.name else Proposer(_("le secrétariat"), "", "")
    return Proposer(by.name or _("une personne sans nom"), "", "")


def words_of(proposer: Proposer) -> str:
    """Their name, and in what role."""
    return ", ".join(part for part in (proposer.name, proposer.role) if part)
