"""Asking for support."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts import limits
from fairealliance.accounts.models import User
from fairealliance.network.actions.turns import pass_on, tell
from fairealliance.network.choosing import covering
from fairealliance.network.enums import Status
from fairealliance.network.life import NotAllowed
from fairealliance.network.models import SupportRequest
from fairealliance.network.permissions import require
from fairealliance.network.policy import OPEN_REQUESTS, REQUESTS_A_DAY
from fairealliance.organisations.models import Organisation
from fairealliance.organisations.permissions import can_act_for
from fairealliance.territories.models import Territory

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, and for whom. `sector` is a slug of `FAMILIES`, `trade` of `Trade`; empty when left open."""

    commune: Territory
    challenge: str
    trade: str = ""
    sector: str = ""
    organisation: Organisation | None = None


@transaction.atomic
def ask(*, by: User, asked: Asked, page_key: str) -> SupportRequest:
    """Offered to the first who can take it, or left to the secretariat; the same when one page asks twice.

    Raises PermissionDenied for an organisation that one does not act for, NotAllowed beyond what one may ask.
    """
    require(asked.organisation is None or can_act_for(by, asked.organisation))
    key = f"{by.pk}:{page_key[:60]}"
    if held := SupportRequest.objects.filter(start_key=key).first():
        return held
    _require_few(by)
    told = {name: getattr(asked, name) for name in ("commune", "challenge", "trade", "sector", "organisation")}
    held, is_new = SupportRequest.objects.get_or_create(
        start_key=key, defaults={**told, "asked_by": by, "status": Status.DESK, "is_blank": not _is_covered(asked)}
    )
    if is_new:
        tell(held, "asked", by=by, detail={"blank": held.is_blank})
        pass_on(held, by=by, now=timezone.now())
    return held


def _is_covered(asked: Asked) -> bool:
    return covering(asked.commune, sectors=[asked.sector] if asked.sector else []).exists()


def _require_few(by: User) -> None:
    """Raises NotAllowed."""
    if SupportRequest.objects.open().asked_by(by).count() >= OPEN_REQUESTS:
        raise NotAllowed(_("Vous avez déjà plusieurs demandes en cours : terminez-en ou retirez-en une d’abord."))
    if limits.count_of("support-asked", str(by.pk), window=_DAY) > REQUESTS_A_DAY:
        raise NotAllowed(_("Plusieurs demandes en une journée, c’est assez : revenez demain."))
