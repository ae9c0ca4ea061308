"""What a member finds in their space: the organisations they act for, and what they asked."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fairealliance.accounts.awaiting import Card
from fairealliance.accounts.models import User
from fairealliance.organisations.members import invitations
from fairealliance.organisations.models import OPEN, Claim, Member


def invitations_card(user: User) -> Card | None:
    """Two queries."""
    waiting = invitations.awaiting(user)
    if not waiting:
        return None
    said = _("Accepter ou décliner : %(name)s (%(role)s)")
    links = [
        (said % {"name": each.organisation.name, "role": each.get_role_display()}, invitations.link(each))
        for each in waiting
    ]
    text = _("Quelqu’un vous invite à agir pour une organisation.")
    return Card(_("On vous invite"), text, count=len(links), links=tuple(links))


def organisations_card(user: User) -> Card:
    """Two queries."""
    members = (
        Member.objects.filter(user=user)
        .select_related("organisation")
        .order_by("organisation__slug", "organisation__name")
    )
    claims = Claim.objects.filter(user=user, status__in=OPEN).select_related("organisation")
    lines = [f"{member.organisation.name} ({member.get_role_display()})" for member in members]
    waiting = [f"{claim.title} : {claim.get_status_display()}" for claim in claims]
    title = _("Vos organisations")
    if not lines and not waiting:
        text = _(
            "Association, entreprise, collectivité : dites pour qui vous agissez. Ensuite viennent ici vos besoins, "
            "vos offres, et avec qui faire alliance."
        )
        return Card(title, text, reverse("members:find"), _("Rejoindre ou créer mon organisation"))
    text = _("Pour qui vous agissez, et vos demandes.")
    if not lines:
        text = _("Une fois votre demande acceptée viennent ici vos besoins, vos offres, et avec qui faire alliance.")
    return Card(title, text, reverse("members:mine"), _("Voir et gérer"), len(waiting), (*lines, *waiting))
