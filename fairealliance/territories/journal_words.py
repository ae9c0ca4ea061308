"""What this room writes in the journal, in French."""

from django.utils.translation import gettext_lazy as _

from fairealliance.journal import words

words.register(
    {
        "indicator-created": _("indicateur créé"),
        "indicator-updated": _("indicateur modifié"),
        "values-saved": _("chiffres enregistrés"),
        "coordinates-saved": _("positions enregistrées"),
        "movements-saved": _("mouvements de communes enregistrés"),
        "reference-loaded": _("territoires chargés"),
    }
)
