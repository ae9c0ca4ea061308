"""What this room writes in the journal, in French."""

from django.utils.translation import gettext_lazy as _

from fairealliance.journal import words

words.register(
    {
        "letter-sent-again": _("lettre envoyée à nouveau"),
        "mail-preferences-chosen": _("rythme des courriels choisi"),
        "mail-preferences-back": _("rythme des courriels repris"),
    }
)
