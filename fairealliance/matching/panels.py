"""What this room shows elsewhere: on pages of needs, offers and territories, and in one’s own space."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fairealliance.accounts.awaiting import Card
from fairealliance.accounts.models import User
from fairealliance.design.panels import Panel
from fairealliance.matching import suggest
from fairealliance.matching.place_views import address_of
from fairealliance.needs.life import LISTED
from fairealliance.needs.models import Need
from fairealliance.network.permissions import is_catalyst, is_mediator
from fairealliance.organisations.models import Member
from fairealliance.organisations.permissions import can_act_for
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory

SHOWN = 5


def of_need(request: HttpRequest, need: Need) -> Panel | None:
    """Those who could answer it."""
    user = request.user
    if not isinstance(user, User) or need.status not in LISTED or not can_act_for(user, need.organisation_id):
        return None
    answer = suggest.for_need(need, limit=SHOWN)
    return Panel("matching/parts/of_need.html", {"need": need, "lines": answer.lines})


def of_territory(request: HttpRequest, territory: Territory) -> Panel | None:
    """The way to them; no query."""
    if territory.level == Level.COUNTRY:
        return None
    return Panel("matching/parts/of_territory.html", {"name": territory.name, "address": address_of(territory)})


def suggestions_card(user: User) -> Card | None:
    """At /mon-espace/. One query."""
    if not Member.objects.filter(user=user).exists():
        return None
    text = _("Avec qui faire alliance près de chez vous, et pourquoi.")
    return Card(_("Suggestions"), text, reverse("suggestions:mine"), _("Voir les suggestions"))


def alliances_card(user: User) -> Card | None:
    """At /mon-espace/, for those who help others to meet. Two queries at most."""
    if not is_catalyst(user) and not is_mediator(user):
        return None
    text = _("Qui pourrait faire alliance avec qui, là où vous agissez.")
    return Card(_("Alliances possibles"), text, reverse("suggestions:where-one-helps"), _("Voir"))
