"""What this room writes in the journal, in French."""

from django.utils.translation import gettext_lazy as _

from fairealliance.journal import words

words.register(
    {
        "study-created": _("étude créée"),
        "study-updated": _("étude modifiée"),
        "study-published": _("étude publiée"),
        "study-draft": _("étude remise en brouillon"),
        "study-removed": _("étude supprimée"),
        "series-created": _("série créée"),
        "series-updated": _("série modifiée"),
        "series-removed": _("série supprimée"),
        "surveys-imported": _("enquêtes importées"),
    }
)
