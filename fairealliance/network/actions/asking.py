"""Asking for support."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts import limits
from fairealliance.accounts.models import User
from fairealliance.lib.lives import NotAllowed
from fairealliance.lib.sent_once import sent_once
from fairealliance.network.actions.turns import pass_on, tell
from fairealliance.network.choosing import covering
from fairealliance.network.enums import Status
from fairealliance.network.models import Catalyst, SupportRequest
from fairealliance.network.permissions import require
from fairealliance.network.policy import OPEN_REQUESTS, REQUESTS_A_DAY
from fairealliance.organisations.models import Organisation
from fairealliance.organisations.permissions import can_act_for
from fairealliance.territories.models import Territory

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, for whom, and of whom first. `sector` is a slug of `FAMILIES`, `trade` of `Trade`; empty when left
    open.
    """

    commune: Territory
    challenge: str
    trade: str = ""
    sector: str = ""
    organisation: Organisation | None = None
    wanted: Catalyst | None = None


@transaction.atomic
def ask(*, by: User, asked: Asked, page_key: str) -> SupportRequest:
    """Offered to the first who can take it, or left to the secretariat; the same when one page sends it twice.

    Raises PermissionDenied for an organisation that one does not act for, NotAllowed beyond what one may ask.
    """
    require(asked.organisation is None or can_act_for(by, asked.organisation))
    pk = asked.organisation.pk if asked.organisation else None
    key = sent_once(page_key, by.pk, asked.commune.pk, asked.challenge, asked.trade, asked.sector, pk)
    if held := SupportRequest.objects.filter(start_key=key).first():
        return held
    _require_few(by)
    told = {name: getattr(asked, name) for name in ("commune", "challenge", "trade", "sector", "organisation")}
    held, is_new = SupportRequest.objects.get_or_create(
        start_key=key, defaults={**told, "asked_by": by, "status": Status.DESK, **_facts(by, asked)}
    )
    if is_new:
        tell(held, "asked", by=by, detail={"blank": held.is_blank})
        pass_on(held, by=by, now=timezone.now(), wanted=asked.wanted)
    return held


def _facts(by: User, asked: Asked) -> dict[str, bool]:
    """In which world it is asked, and whether nobody of that world covers the commune: whoever is wanted does."""
    is_demo = by.is_demo or (asked.organisation is not None and asked.organisation.is_demo)
    sectors = [asked.sector] if asked.sector else []
    here = covering(asked.commune, sectors=sectors, is_demo=is_demo)
    if asked.wanted is not None:
        here |= covering(asked.commune, is_demo=is_demo).filter(pk=asked.wanted.pk)
    return {"is_demo": is_demo, "is_blank": not here.exists()}


def _require_few(by: User) -> None:
    """Raises NotAllowed."""
    if SupportRequest.objects.open().asked_by(by).count() >= OPEN_REQUESTS:
        raise NotAllowed(_("Vous avez déjà plusieurs demandes en cours : terminez-en ou retirez-en une d’abord."))
    if limits.count_of("support-asked", str(by.pk), window=_DAY) > REQUESTS_A_DAY:
        raise NotAllowed(_("Plusieurs demandes en une journée, c’est assez : revenez demain."))
