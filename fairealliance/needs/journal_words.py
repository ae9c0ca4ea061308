"""What this room writes in the journal, in French."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from fairealliance.journal import words
from fairealliance.needs.enums import Side

_SAID = {
    "begun": _("commencé"),
    "published": _("publié"),
    "changed": _("modifié"),
    "discarded": _("brouillon jeté"),
    "renewed": _("renouvelé"),
    "discussed": _("en discussion"),
    "resumed": _("repris"),
    "met": _("satisfait"),
    "closed": _("fermé"),
    "expired": _("arrivé à son terme"),
    "unnamed": _("débarrassé de ce qui menait à une personne"),
}

words.register(
    {
        f"{side}-{verb}": format_lazy("{thing} : {said}", thing=thing, said=said)
        for side, thing in ((Side.NEED, _("besoin")), (Side.OFFER, _("offre")))
        for verb, said in _SAID.items()
    }
)
