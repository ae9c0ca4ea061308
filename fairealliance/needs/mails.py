"""What people are told of their needs and offers."""

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.accounts.mail import absolute
from fairealliance.accounts.models import User
from fairealliance.lib.dates_fr import in_words
from fairealliance.mailing import actions as mailing
from fairealliance.mailing.kinds import Kind, while_read
from fairealliance.needs.enums import NoticeKind
from fairealliance.needs.links import renewal_path
from fairealliance.needs.models import Need


def _read_by(user: User, numbers: Collection[int]) -> Iterable[int]:
    return Need.objects.of_member(user).filter(pk__in=numbers).values_list("pk", flat=True)


KIND = Kind(
    "needs",
    gettext_lazy("Vos besoins et vos offres"),
    gettext_lazy("Quand l’un d’eux arrive à échéance, avec un lien pour le renouveler."),
    still=while_read(_read_by),
)


def ending(need: Need, user: User, kind: NoticeKind) -> int:
    """Once per person, end and kind. Returns how many notices were made."""
    assert need.expires_on is not None
    told = {
        "title": need.title,
        "organisation": need.organisation.name,
        "day": in_words(need.expires_on),
    }
    if kind == NoticeKind.BEFORE:
        subject = _("« %(title)s » : toujours d’actualité ?") % told
        said = _("« %(title)s » (%(organisation)s) est affiché jusqu’au %(day)s.")
    else:
        subject = _("« %(title)s » n’est plus affiché") % told
        said = _("« %(title)s » (%(organisation)s) était affiché jusqu’au %(day)s : il ne l’est plus.")
    click = _("Toujours d’actualité ? Un clic le renouvelle, sans vous connecter.")
    other = _("Pourvu, à corriger, à fermer ? C’est dans votre espace :")
    return mailing.tell(
        [user],
        kind=KIND.slug,
        event=f"{need.ref}:{kind.value}:{need.expires_on:%Y-%m-%d}",
        subject=subject,
        text=f"{said % told}\n\n{click}",
        path=renewal_path(need, user),
        action=_("Renouveler"),
        after=f"{other}\n{absolute(reverse('my_needs:mine'))}",
    )
