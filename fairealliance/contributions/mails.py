"""What the proposer and the suggester are told by mail. Each mail carries a link of its own."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fairealliance.accounts.mail import absolute, send_mail
from fairealliance.contributions import tokens
from fairealliance.contributions.enums import CorrectionStatus
from fairealliance.contributions.models import Correction, Proposal
from fairealliance.design.letters import Way, quoted


def _address(proposal: Proposal) -> str:
    return absolute(reverse("contributions:case", args=[tokens.issue(proposal)]))


def _why() -> str:
    return _("Vous recevez ce courriel parce que cette adresse a été laissée avec une proposition sur Faire Alliance.")


def _tell(proposal: Proposal, subject: str, text: str, way: Way, after: str = "", name: str = "") -> None:
    """Nothing goes to someone who left no address."""
    if email := proposal.contact_email:
        send_mail(to=email, subject=subject, text=text, way=way, after=after, why=_why(), name=name)


def _tell_of(proposal: Proposal, subject: str, *parts: str, way: Way, after: str = "") -> None:
    """With its title and their name: only once an editor read them. Before, anyone could have us mail their words to
    anyone.
    """
    about = [_("Il s’agit de « %(title)s ».") % {"title": proposal.title}] if proposal.title else []
    _tell(proposal, subject, "\n\n".join([*parts, *about]), way, after, proposal.contact_name)


def link(proposal: Proposal) -> None:
    said = _("Ce lien reprend votre proposition là où vous l’avez laissée, et dit ce qu’elle devient.")
    kept = _("Gardez-le pour vous : qui a ce lien peut modifier la proposition. Il est valable 90 jours.")
    way = Way(_("Reprendre ma proposition"), _address(proposal))
    _tell(proposal, _("Votre proposition sur Faire Alliance"), said, way, kept)


def received(proposal: Proposal) -> None:
    said = _("Merci : nous avons bien reçu votre proposition. Une personne de l’équipe va la lire.")
    after = _("Vous pouvez y suivre ce qu’elle devient, ou la retirer.")
    _tell(proposal, _("Proposition reçue"), said, Way(_("Suivre ma proposition"), _address(proposal)), after)


def question(proposal: Proposal, text: str) -> None:
    said = _("Avant de publier votre exemple, nous avons une question :")
    way = Way(_("Répondre ou compléter"), _address(proposal))
    _tell_of(proposal, _("Une question sur votre proposition"), said, quoted(text), way=way)


def accepted(proposal: Proposal) -> None:
    assert proposal.practice is not None
    way = Way(_("Voir mon exemple"), absolute(proposal.practice.get_absolute_url()))
    after = f"{_('Nous écrire à son sujet :')}\n{_address(proposal)}"
    _tell_of(proposal, _("Votre exemple est publié"), _("Votre exemple est publié, merci."), way=way, after=after)


def declined(proposal: Proposal) -> None:
    said = _("Nous n’avons pas retenu votre proposition. Voici pourquoi :")
    way = Way(_("Relire ma proposition"), _address(proposal))
    _tell_of(proposal, _("Votre proposition n’est pas retenue"), said, quoted(proposal.reason), way=way)


def unpublished(proposal: Proposal) -> None:
    said = _("Votre exemple n’est plus en ligne pour le moment : nous le regardons de nouveau.")
    way = Way(_("Suivre ce qu’il devient"), _address(proposal))
    _tell_of(proposal, _("Votre exemple est de nouveau à l’examen"), said, way=way)


def decided(correction: Correction) -> None:
    """To the one who suggested it, if they left an address."""
    if not correction.contact_email:
        return
    if correction.status == CorrectionStatus.ACCEPTED:
        said = _("Vous aviez raison : nous avons tenu compte de votre remarque. Merci.")
    else:
        said = _("Nous n’avons pas retenu votre remarque. Voici pourquoi :") + f"\n\n{quoted(correction.reason)}"
    about = _("Il s’agit de la page « %(title)s ».") % {"title": correction.subject_title}
    send_mail(
        to=correction.contact_email,
        subject=_("Votre remarque sur Faire Alliance"),
        text=f"{about}\n\n{said}",
        why=_("Vous recevez ce courriel parce que cette adresse a été laissée avec une remarque sur Faire Alliance."),
    )
