"""What people are told of organisations they act for, or wish to. Codes and invitations cannot wait: they go apart."""

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.accounts.mail import absolute, send_mail
from fairealliance.accounts.models import User
from fairealliance.design.letters import Way, quoted, unlinked
from fairealliance.lib.text_fr import squeeze
from fairealliance.mailing import actions as mailing
from fairealliance.mailing.kinds import Kind
from fairealliance.organisations.enums import Role
from fairealliance.organisations.models import Claim, Invitation, Member, Organisation

JOINED = ":joined"
"""How the event ends that names to others who came."""


def _still_theirs(user: User, events: Collection[str]) -> set[str]:
    """Who came is told to those alone who still administer; what is told of themselves stays theirs."""
    came = {event: int(event.split(":")[1]) for event in events if event.endswith(JOINED)}
    administered = Member.objects.administrators().filter(user=user).values("organisation")
    read = set(Member.objects.filter(pk__in=came.values(), organisation__in=administered).values_list("pk", flat=True))
    return {event for event in events if event not in came or came[event] in read}


KIND = Kind(
    "organisations",
    gettext_lazy("Vos organisations"),
    gettext_lazy("Qui les rejoint, ce que vous pouvez y faire, la réponse à vos demandes."),
    still=_still_theirs,
)


def _tell(people: Iterable[User], event: str, subject: str, *parts: str, path: str = "", action: str = "") -> None:
    text = unlinked("\n\n".join(parts))
    mailing.tell(people, kind=KIND.slug, event=event, subject=subject, text=text, path=path, action=action)


def _path(name: str, *args: object) -> str:
    return reverse(f"members:{name}", args=args)


def code(claim: Claim, told: str, minutes: int) -> None:
    assert claim.organisation is not None
    said = _("Voici le code qui confirme que vous agissez pour « %(name)s » :")
    name = {"name": unlinked(claim.organisation.name)}
    kept = _("Il sert une fois, et vaut %(minutes)d minutes. Si vous n’avez rien demandé, ne faites rien.")
    send_mail(
        to=claim.user.email,
        subject=_("Votre code pour agir au nom de « %s »") % claim.organisation.name,
        text=f"{said % name}\n\n{told}",
        way=Way(_("Saisir le code"), absolute(_path("code", claim.pk))),
        after=kept % {"minutes": minutes},
        name=claim.user.name,
    )


def joined(organisation: Organisation, member: Member) -> None:
    """Those who administer it learn who came by the mail domain."""
    who = squeeze(member.user.name) or member.user.email
    said = _("%(who)s agit désormais pour « %(name)s » : son courriel est à votre nom de domaine.")
    names = {"who": who, "name": organisation.name}
    others = organisation.members.administrators().with_people().exclude(pk=member.pk)
    _tell(
        [each.user for each in others],
        f"member:{member.pk}{JOINED}",
        _("%(who)s agit désormais pour « %(name)s »") % names,
        said % names,
        path=_path("team", organisation.pk),
        action=_("Voir qui agit pour elle"),
    )


def removed(organisation: Organisation, member: Member) -> None:
    said = _("Vous n’agissez plus pour « %(name)s » sur Faire Alliance : une personne qui l’administre vous a retiré.")
    subject, name = _("Vous n’agissez plus pour « %(name)s »"), {"name": organisation.name}
    _tell([member.user], f"member:{member.pk}:removed", subject % name, said % name)


def named(organisation: Organisation, member: Member, entry: int) -> None:
    """`entry`: where the journal tells it; a role may change many times."""
    if member.role == Role.ADMINISTRATOR:
        subject = _("Vous administrez désormais « %(name)s »")
        said = _("Vous administrez désormais « %(name)s » : sa fiche, et les personnes qui agissent pour elle.")
    else:
        subject = _("Vous n’administrez plus « %(name)s »")
        said = _("Vous n’administrez plus « %(name)s », mais vous agissez toujours pour elle.")
    event, team = f"member:{member.pk}:named:{entry}", _path("team", organisation.pk)
    name, action = {"name": organisation.name}, _("Voir l’équipe")
    _tell([member.user], event, subject % name, said % name, path=team, action=action)


def decided(claim: Claim, *, accepted: bool) -> None:
    """By the secretariat."""
    title, event = {"name": claim.title}, f"claim:{claim.pk}:{claim.status}"
    if accepted:
        assert claim.organisation is not None
        subject = _("Votre demande pour « %(name)s » est acceptée") % title
        said = _("Votre demande pour « %(name)s » est acceptée : vous pouvez agir pour elle.") % title
        if claim.organisation.members.administrators().filter(user=claim.user).exists():
            begin = _("Commencez par sa fiche : ce qu’elle cherche et ce qu’elle apporte font venir les suggestions.")
            path, action = _path("profile", claim.organisation.pk), _("Compléter sa fiche")
        else:
            begin = _("Besoins, offres, suggestions, mises en relation : tout part de votre espace.")
            path, action = reverse("accounts:space"), _("Ouvrir mon espace")
        _tell([claim.user], event, subject, said, begin, path=path, action=action)
        return
    said = _("Nous n’avons pas pu retenir votre demande pour « %(name)s ». Voici pourquoi :") % title
    again, action = _("Vous pouvez en faire une autre, mieux étayée."), _("Faire une autre demande")
    subject = _("Votre demande pour « %(name)s » n’est pas retenue") % title
    _tell([claim.user], event, subject, said, quoted(claim.reason), again, path=_path("find"), action=action)


def declined(invitation: Invitation) -> None:
    """To whoever invited, if they still administer; not whom, who may erase their account."""
    by, organisation = invitation.invited_by, invitation.organisation
    if by is None or not organisation.members.administrators().filter(user=by).exists():
        return
    name = {"name": organisation.name}
    subject = _("Votre invitation pour « %(name)s » est déclinée") % name
    said = _("Une personne que vous aviez invitée à agir pour « %(name)s » a décliné.") % name
    event, team = f"invitation:{invitation.pk}:declined", _path("team", organisation.pk)
    _tell([by], event, subject, said, path=team, action=_("Voir les invitations sans réponse"))


def invited(invitation: Invitation, link: str, days: int) -> None:
    who = unlinked(squeeze(invitation.invited_by.name)) if invitation.invited_by else ""
    name = {"name": unlinked(invitation.organisation.name), "who": who or _("Une personne qui l’administre")}
    said = _("%(who)s vous invite à agir pour « %(name)s » sur Faire Alliance.") % name
    kept = _("Ce lien vaut %(days)d jours, une seule fois, et pour cette adresse seulement.") % {"days": days}
    send_mail(
        to=invitation.email,
        subject=_("Invitation à rejoindre « %(name)s »") % name,
        text=said,
        way=Way(_("Accepter l’invitation"), absolute(link)),
        after=kept,
        why=_("Vous recevez ce courriel parce qu’une personne de cette organisation a donné votre adresse."),
    )
