"""What this room shows on the pages of the rooms below: the way to ask."""

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from fairealliance.accounts.models import User
from fairealliance.design.panels import Panel
from fairealliance.introductions import rates
from fairealliance.introductions.enums import Route
from fairealliance.introductions.models import Introduction
from fairealliance.introductions.permissions import can_propose
from fairealliance.needs.enums import Visibility
from fairealliance.needs.life import LISTED
from fairealliance.needs.models import Need
from fairealliance.network.enums import Status
from fairealliance.network.models import SupportRequest
from fairealliance.network.permissions import holds
from fairealliance.organisations.models import Organisation
from fairealliance.organisations.permissions import can_act_for

_MADE_SHOWN = 10


def of_organisation(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """To whoever does not act for it. Two queries, four or five for those who signed in."""
    if organisation.closed_on and organisation.closed_on <= timezone.localdate():
        return None
    tally = rates.of_organisations([organisation.pk]).get(organisation.pk)
    return _panel(request, organisation.pk, organisation.name, {"a": organisation.pk}, rates.words_of(tally))


def of_need(request: HttpRequest, need: Need) -> Panel | None:
    """While it is open. Whoever was given its link asks by it: its number opens nothing to them."""
    if need.status not in LISTED:
        return None
    query = {"lien": need.token} if need.visibility == Visibility.LINK else {"besoin": need.pk}
    return _panel(request, need.organisation_id, need.organisation.name, query, "")


def of_support(request: HttpRequest, support: SupportRequest) -> Panel | None:
    """What came of it, to whoever may read that; to the catalyst who accepted it, what comes next."""
    user = request.user
    if not isinstance(user, User):
        return None
    href, name, made = "", support.organisation.name if support.organisation else "", _made_of(support, user)
    if support.status == Status.ACCEPTED and holds(user, support) and can_propose(user):
        query = f"?{urlencode({'a': support.organisation_id})}" if support.organisation_id else ""
        href = f"{reverse('introductions:propose')}{query}"
    if not made and not href:
        return None
    return Panel("introductions/parts/after_support.html", {"href": href, "name": name, "made": made})


def _made_of(support: SupportRequest, user: User) -> list[Introduction]:
    """What its catalyst proposed for the organisation since; one query."""
    helper, organisation = support.catalyst, support.organisation_id
    if helper is None or organisation is None or support.accepted_at is None:
        return []
    theirs = Introduction.objects.visible_to(user).filter(asked_by=helper.user_id, route=Route.CATALYST)
    ours = theirs.filter(Q(asker=organisation) | Q(asked=organisation), asked_at__gte=support.accepted_at)
    return list(ours.with_parties().order_by("-asked_at", "-pk")[:_MADE_SHOWN])


def _panel(
    request: HttpRequest, owner: int, name: str, query: dict[str, int] | dict[str, str], habit: str
) -> Panel | None:
    user = request.user if isinstance(request.user, User) else None
    if user and can_act_for(user, owner):
        return None
    href = f"{reverse('introductions:ask')}?{urlencode(query)}"
    propose = f"{reverse('introductions:propose')}?{urlencode({'a': owner})}" if user and can_propose(user) else ""
    return Panel("introductions/parts/ask_panel.html", {"href": href, "propose": propose, "name": name, "habit": habit})
