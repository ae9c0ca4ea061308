"""What the proposer and the suggester are told by mail. Each mail carries a link of its own."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fairealliance.accounts.mail import absolute, send_mail
from fairealliance.contributions import tokens
from fairealliance.contributions.enums import CorrectionStatus
from fairealliance.contributions.models import Correction, Proposal


def _address(proposal: Proposal) -> str:
    return absolute(reverse("contributions:case", args=[tokens.issue(proposal)]))


def _tell(proposal: Proposal, subject: str, *parts: str) -> None:
    """Nothing goes to someone who left no address."""
    if proposal.contact_email:
        send_mail(to=proposal.contact_email, subject=subject, text="\n\n".join([_("Bonjour,"), *parts]))


def _tell_of(proposal: Proposal, subject: str, *parts: str) -> None:
    """With its title: only once an editor read it. Before, anyone could have us mail their words to anyone."""
    about = [_("Il s’agit de « %(title)s ».") % {"title": proposal.title}] if proposal.title else []
    _tell(proposal, subject, *parts, *about)


def link(proposal: Proposal) -> None:
    said = _(
        "Voici le lien pour reprendre votre proposition là où vous l’avez laissée, ou pour suivre ce qu’elle devient :"
    )
    kept = _("Gardez-le pour vous : qui a ce lien peut modifier la proposition. Il est valable 90 jours.")
    _tell(proposal, _("Votre proposition sur Faire Alliance"), f"{said}\n{_address(proposal)}", kept)


def received(proposal: Proposal) -> None:
    said = _("Merci : nous avons bien reçu votre proposition. Une personne de l’équipe va la lire.")
    follow = _("Pour suivre ce qu’elle devient, ou la retirer :")
    _tell(proposal, _("Proposition reçue"), said, f"{follow}\n{_address(proposal)}")


def question(proposal: Proposal, text: str) -> None:
    said = _("Avant de publier votre exemple, nous avons une question :")
    follow = _("Pour répondre ou compléter :")
    _tell_of(proposal, _("Une question sur votre proposition"), said, text, f"{follow}\n{_address(proposal)}")


def accepted(proposal: Proposal) -> None:
    assert proposal.practice is not None
    said = _("Votre exemple est publié, merci. Le voici :")
    page = absolute(proposal.practice.get_absolute_url())
    follow = _("Pour nous écrire à son sujet :")
    _tell_of(proposal, _("Votre exemple est publié"), f"{said}\n{page}", f"{follow}\n{_address(proposal)}")


def declined(proposal: Proposal) -> None:
    said = _("Nous n’avons pas retenu votre proposition. Voici pourquoi :")
    follow = _("Pour la relire :")
    _tell_of(proposal, _("Votre proposition"), said, proposal.reason, f"{follow}\n{_address(proposal)}")


def unpublished(proposal: Proposal) -> None:
    said = _("Votre exemple n’est plus en ligne pour le moment : nous le regardons de nouveau.")
    follow = _("Pour suivre ce qu’il devient :")
    _tell_of(proposal, _("Votre exemple est de nouveau à l’examen"), said, f"{follow}\n{_address(proposal)}")


def decided(correction: Correction) -> None:
    """To the one who suggested it, if they left an address."""
    if not correction.contact_email:
        return
    if correction.status == CorrectionStatus.ACCEPTED:
        said = _("Vous aviez raison : nous avons tenu compte de votre remarque. Merci.")
    else:
        said = _("Nous n’avons pas retenu votre remarque. Voici pourquoi :") + f"\n\n{correction.reason}"
    about = _("Il s’agit de la page « %(title)s ».") % {"title": correction.subject_title}
    hello, subject = _("Bonjour,"), _("Votre remarque sur Faire Alliance")
    send_mail(to=correction.contact_email, subject=subject, text="\n\n".join([hello, said, about]))
