"""What this room shows elsewhere: on the page of a need or an offer, to whoever acts for its organisation."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fairealliance.accounts.awaiting import Card
from fairealliance.accounts.models import User
from fairealliance.design.panels import Panel
from fairealliance.matching import suggest
from fairealliance.needs.life import LISTED
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Member
from fairealliance.organisations.permissions import can_act_for

SHOWN = 5


def of_need(request: HttpRequest, need: Need) -> Panel | None:
    """Those who could answer it."""
    user = request.user
    if not isinstance(user, User) or need.status not in LISTED or not can_act_for(user, need.organisation_id):
        return None
    answer = suggest.for_need(need, limit=SHOWN)
    return Panel("matching/parts/of_need.html", {"need": need, "lines": answer.lines})


def suggestions_card(user: User) -> Card | None:
    """At /mon-espace/. One query."""
    if not Member.objects.filter(user=user).exists():
        return None
    text = _("Avec qui faire alliance près de chez vous, et pourquoi.")
    return Card(_("Suggestions"), text, reverse("suggestions:mine"), _("Voir les suggestions"))
