"""What this room writes in the journal, in French."""

from django.utils.translation import gettext_lazy as _

from fairealliance.journal import words

words.register(
    {
        "editor_added": _("personne entrée au bureau"),
        "editor_removed": _("personne sortie du bureau"),
        "editor_reset": _("accès au bureau redonné"),
        "moderation-set-up": _("relecture des pages mise en place"),
        "organisation-entrusted": _("organisation confiée à une personne"),
    }
)
