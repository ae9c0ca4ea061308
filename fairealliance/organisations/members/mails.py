"""What people are told of organisations they act for, or wish to. Codes and invitations cannot wait: they go apart."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.accounts.mail import absolute, send_mail
from fairealliance.accounts.models import User
from fairealliance.lib.text_fr import squeeze
from fairealliance.mailing import actions as mailing
from fairealliance.mailing.kinds import Kind
from fairealliance.organisations.enums import Role
from fairealliance.organisations.models import Claim, Invitation, Member, Organisation

KIND = Kind(
    "organisations",
    gettext_lazy("Vos organisations"),
    gettext_lazy("Qui les rejoint, ce que vous pouvez y faire, la réponse à vos demandes."),
)


def _send(to: str, subject: str, *parts: str) -> None:
    send_mail(to=to, subject=subject, text="\n\n".join([_("Bonjour,"), *parts]))


def _tell(people: Iterable[User], event: str, subject: str, *parts: str, path: str = "") -> None:
    mailing.tell(people, kind=KIND.slug, event=event, subject=subject, text="\n\n".join(parts), path=path)


def _path(name: str, *args: object) -> str:
    return reverse(f"members:{name}", args=args)


def code(claim: Claim, told: str, minutes: int) -> None:
    assert claim.organisation is not None
    said = _("Voici le code qui confirme que vous agissez pour « %(name)s » :") % {"name": claim.organisation.name}
    kept = _("Il sert une fois, et vaut %(minutes)d minutes. Si vous n’avez rien demandé, ne faites rien.")
    where = _("À saisir ici : %s") % absolute(_path("code", claim.pk))
    _send(claim.user.email, _("Votre code"), said, told, where, kept % {"minutes": minutes})


def joined(organisation: Organisation, member: Member) -> None:
    """Those who administer it learn who came by the mail domain."""
    who = squeeze(member.user.name) or member.user.email
    said = _("%(who)s agit désormais pour « %(name)s » : son courriel est à votre nom de domaine.")
    others = organisation.members.administrators().with_people().exclude(pk=member.pk)
    _tell(
        [each.user for each in others],
        f"member:{member.pk}:joined",
        _("Une personne a rejoint votre organisation"),
        said % {"who": who, "name": organisation.name},
        _("Pour voir qui agit pour elle :"),
        path=_path("team", organisation.pk),
    )


def removed(organisation: Organisation, member: Member) -> None:
    said = _("Vous n’agissez plus pour « %(name)s » sur Faire Alliance : une personne qui l’administre vous a retiré.")
    subject = _("Vous ne faites plus partie de l’organisation")
    _tell([member.user], f"member:{member.pk}:removed", subject, said % {"name": organisation.name})


def named(organisation: Organisation, member: Member, entry: int) -> None:
    """`entry`: where the journal tells it; a role may change many times."""
    if member.role == Role.ADMINISTRATOR:
        said = _("Vous administrez désormais « %(name)s » : sa fiche, et les personnes qui agissent pour elle.")
    else:
        said = _("Vous n’administrez plus « %(name)s », mais vous agissez toujours pour elle.")
    event, team = f"member:{member.pk}:named:{entry}", _path("team", organisation.pk)
    _tell([member.user], event, _("Votre rôle a changé"), said % {"name": organisation.name}, path=team)


def decided(claim: Claim, *, accepted: bool) -> None:
    """By the secretariat."""
    title, event = {"name": claim.title}, f"claim:{claim.pk}:{claim.status}"
    if accepted:
        assert claim.organisation is not None
        said = _("Votre demande pour « %(name)s » est acceptée : vous pouvez agir pour elle.") % title
        team = _path("team", claim.organisation.pk)
        _tell([claim.user], event, _("Votre demande est acceptée"), said, _("Par où commencer :"), path=team)
        return
    said = _("Nous n’avons pas pu retenir votre demande pour « %(name)s ». Voici pourquoi :") % title
    again = _("Vous pouvez en faire une autre, mieux étayée :")
    _tell([claim.user], event, _("Votre demande"), said, claim.reason, again, path=_path("find"))


def invited(invitation: Invitation, link: str, days: int) -> None:
    who = squeeze(invitation.invited_by.name) if invitation.invited_by else ""
    name = {"name": invitation.organisation.name, "who": who or _("Une personne qui l’administre")}
    said = _("%(who)s vous invite à agir pour « %(name)s » sur Faire Alliance.") % name
    follow = _("Pour accepter :") + f"\n{absolute(link)}"
    kept = _("Ce lien vaut %(days)d jours, une seule fois, et pour cette adresse seulement.") % {"days": days}
    _send(invitation.email, _("Invitation à rejoindre « %(name)s »") % name, said, follow, kept)
