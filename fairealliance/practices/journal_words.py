"""What this room writes in the journal, in French."""

from django.utils.translation import gettext_lazy as _

from fairealliance.journal import words

words.register(
    {
        "practice-created": _("exemple publié"),
        "practice-removed": _("exemple supprimé"),
        "practice-corrected": _("exemple corrigé"),
    }
)
