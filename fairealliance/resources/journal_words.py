"""What this room writes in the journal, in French."""

from django.utils.translation import gettext_lazy as _

from fairealliance.journal import words

words.register(
    {
        "resource-created": _("ressource créée"),
        "resource-updated": _("ressource modifiée"),
        "resource-corrected": _("ressource corrigée"),
        "collection-created": _("collection créée"),
        "collection-updated": _("collection modifiée"),
        "collection-deleted": _("collection supprimée"),
        "link-checked": _("lien vérifié"),
        "link-ignored": _("lien laissé tel quel"),
        "link-recheck": _("lien à vérifier de nouveau"),
        "link-watched": _("lien surveillé de nouveau"),
    }
)
