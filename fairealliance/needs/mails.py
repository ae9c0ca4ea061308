"""What people are told by mail of their needs and offers."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fairealliance.accounts.mail import absolute, send_mail
from fairealliance.accounts.models import User
from fairealliance.lib.dates_fr import in_words
from fairealliance.needs.enums import NoticeKind
from fairealliance.needs.links import renewal_path
from fairealliance.needs.models import Need


def ending(need: Need, user: User, kind: NoticeKind) -> None:
    told = {
        "title": need.title,
        "organisation": need.organisation.name,
        "day": in_words(need.expires_on),
        "link": absolute(renewal_path(need, user)),
        "own": absolute(reverse("my_needs:mine")),
    }
    if kind == NoticeKind.BEFORE:
        subject = _("« %(title)s » : toujours d’actualité ?") % told
        said = _("« %(title)s » (%(organisation)s) est affiché jusqu’au %(day)s.")
    else:
        subject = _("« %(title)s » n’est plus affiché") % told
        said = _("« %(title)s » (%(organisation)s) était affiché jusqu’au %(day)s : il ne l’est plus.")
    click = _("Toujours d’actualité ? Un clic le renouvelle, sans vous connecter :\n%(link)s")
    other = _("Pourvu, à corriger, à fermer ? C’est dans votre espace :\n%(own)s")
    send_mail(to=user.email, subject=subject, text="\n\n".join([_("Bonjour,"), said, click, other]) % told)
