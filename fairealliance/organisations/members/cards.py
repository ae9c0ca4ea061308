"""What a member finds in their space: the organisations they act for, and what they asked."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fairealliance.accounts.awaiting import Card
from fairealliance.accounts.models import User
from fairealliance.organisations.models import OPEN, Claim, Member


def organisations_card(user: User) -> Card:
    """Two queries."""
    members = Member.objects.filter(user=user).select_related("organisation").order_by("organisation__name")
    claims = Claim.objects.filter(user=user, status__in=OPEN).select_related("organisation")
    lines = [f"{member.organisation.name} ({member.get_role_display()})" for member in members]
    waiting = [f"{claim.title} : {claim.get_status_display()}" for claim in claims]
    title = _("Vos organisations")
    if not lines and not waiting:
        text = _("Association, entreprise, collectivité : dites pour qui vous agissez.")
        return Card(title, text, reverse("members:find"), _("Rejoindre ou créer mon organisation"))
    text = _("Pour qui vous agissez, et vos demandes.")
    return Card(title, text, reverse("members:mine"), _("Voir et gérer"), len(waiting), (*lines, *waiting))
