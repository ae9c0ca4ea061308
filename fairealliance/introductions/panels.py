"""What this room shows on the pages of the rooms below: the way to ask."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from fairealliance.accounts.models import User
from fairealliance.design.panels import Panel
from fairealliance.introductions import rates
from fairealliance.introductions.permissions import can_propose
from fairealliance.needs.life import LISTED
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Organisation
from fairealliance.organisations.permissions import can_act_for


def of_organisation(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """To whoever does not act for it. Two queries, four or five for those who signed in."""
    if organisation.closed_on and organisation.closed_on <= timezone.localdate():
        return None
    tally = rates.of_organisations([organisation.pk]).get(organisation.pk)
    return _panel(request, organisation.pk, organisation.name, {"a": organisation.pk}, rates.words_of(tally))


def of_need(request: HttpRequest, need: Need) -> Panel | None:
    """While it is open."""
    if need.status not in LISTED:
        return None
    return _panel(request, need.organisation_id, need.organisation.name, {"besoin": need.pk}, "")


def _panel(request: HttpRequest, owner: int, name: str, query: dict[str, int], habit: str) -> Panel | None:
    user = request.user if isinstance(request.user, User) else None
    if user and can_act_for(user, owner):
        return None
    href = f"{reverse('introductions:ask')}?{urlencode(query)}"
    propose = f"{reverse('introductions:propose')}?{urlencode({'a': owner})}" if user and can_propose(user) else ""
    return Panel("introductions/parts/ask_panel.html", {"href": href, "propose": propose, "name": name, "habit": habit})
