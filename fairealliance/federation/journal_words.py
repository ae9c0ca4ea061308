"""What this room writes in the journal, in French."""

from django.utils.translation import gettext_lazy as _

from fairealliance.journal import words

words.register(
    {
        "demo-removed": _("démonstration retirée"),
        "import-done": _("import terminé"),
        "import-failed": _("import échoué"),
        "upload-given": _("fichier déposé"),
        "upload-columns": _("colonnes d’un fichier choisies"),
        "upload-tried": _("fichier essayé"),
        "upload-imported": _("fichier importé"),
    }
)
