"""What people are told by mail of organisations they act for, or wish to."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fairealliance.accounts.mail import absolute, send_mail
from fairealliance.accounts.models import User
from fairealliance.lib.text_fr import squeeze
from fairealliance.organisations.enums import Role
from fairealliance.organisations.models import Claim, Invitation, Member, Organisation


def _tell(to: str, subject: str, *parts: str) -> None:
    send_mail(to=to, subject=subject, text="\n\n".join([_("Bonjour,"), *parts]))


def _address(name: str, *args: object) -> str:
    return absolute(reverse(f"members:{name}", args=args))


def code(claim: Claim, told: str, minutes: int) -> None:
    assert claim.organisation is not None
    said = _("Voici le code qui confirme que vous agissez pour « %(name)s » :") % {"name": claim.organisation.name}
    kept = _("Il sert une fois, et vaut %(minutes)d minutes. Si vous n’avez rien demandé, ne faites rien.")
    where = _("À saisir ici : %s") % _address("code", claim.pk)
    _tell(claim.user.email, _("Votre code"), said, told, where, kept % {"minutes": minutes})


def joined(organisation: Organisation, member: Member) -> None:
    """Those who administer it learn who came by the mail domain."""
    who = squeeze(member.user.name) or member.user.email
    said = _("%(who)s agit désormais pour « %(name)s » : son courriel est à votre nom de domaine.")
    team = _("Pour voir qui agit pour elle :") + "\n" + _address("team", organisation.pk)
    for each in organisation.members.administrators().with_people().exclude(pk=member.pk):
        told = said % {"who": who, "name": organisation.name}
        _tell(each.user.email, _("Une personne a rejoint votre organisation"), told, team)


def removed(organisation: Organisation, user: User) -> None:
    said = _("Vous n’agissez plus pour « %(name)s » sur Faire Alliance : une personne qui l’administre vous a retiré.")
    _tell(user.email, _("Vous ne faites plus partie de l’organisation"), said % {"name": organisation.name})


def named(organisation: Organisation, member: Member) -> None:
    if member.role == Role.ADMINISTRATOR:
        said = _("Vous administrez désormais « %(name)s » : sa fiche, et les personnes qui agissent pour elle.")
    else:
        said = _("Vous n’administrez plus « %(name)s », mais vous agissez toujours pour elle.")
    team = _address("team", organisation.pk)
    _tell(member.user.email, _("Votre rôle a changé"), said % {"name": organisation.name}, team)


def decided(claim: Claim, *, accepted: bool) -> None:
    """By the secretariat."""
    title = {"name": claim.title}
    if accepted:
        assert claim.organisation is not None
        said = _("Votre demande pour « %(name)s » est acceptée : vous pouvez agir pour elle.") % title
        where = _("Par où commencer :") + "\n" + _address("team", claim.organisation.pk)
        _tell(claim.user.email, _("Votre demande est acceptée"), said, where)
        return
    said = _("Nous n’avons pas pu retenir votre demande pour « %(name)s ». Voici pourquoi :") % title
    again = _("Vous pouvez en faire une autre, mieux étayée :") + "\n" + _address("find")
    _tell(claim.user.email, _("Votre demande"), said, claim.reason, again)


def invited(invitation: Invitation, link: str, days: int) -> None:
    who = squeeze(invitation.invited_by.name) if invitation.invited_by else ""
    name = {"name": invitation.organisation.name, "who": who or _("Une personne qui l’administre")}
    said = _("%(who)s vous invite à agir pour « %(name)s » sur Faire Alliance.") % name
    follow = _("Pour accepter :") + f"\n{absolute(link)}"
    kept = _("Ce lien vaut %(days)d jours, une seule fois, et pour cette adresse seulement.") % {"days": days}
    _tell(invitation.email, _("Invitation à rejoindre « %(name)s »") % name, said, follow, kept)
