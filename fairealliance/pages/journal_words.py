"""What this room writes in the journal, in French."""

from django.utils.translation import gettext_lazy as _

from fairealliance.journal import words

words.register(
    {
        "page-published": _("page publiée"),
        "page-unpublished": _("page dépubliée"),
        "page-moved": _("page déplacée"),
        "page-deleted": _("page supprimée"),
        "page-restricted": _("accès d’une page changé"),
        "pages-started": _("pages de départ mises en place"),
        "picture-stripped": _("image nettoyée"),
    }
)
