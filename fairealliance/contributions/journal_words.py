"""What this room writes in the journal, in French."""

from django.utils.translation import gettext_lazy as _

from fairealliance.journal import words

words.register(
    {
        "correction-suggested": _("correction suggérée"),
        "correction-accepted": _("correction acceptée"),
        "correction-refused": _("correction refusée"),
        "correction-erased": _("correction effacée"),
        "correction-forgotten": _("correction oubliée, son délai passé"),
        "proposal-begun": _("exemple commencé"),
        "proposal-completed": _("exemple complété"),
        "proposal-link-mailed": _("lien d’un exemple envoyé"),
        "proposal-sent": _("exemple proposé"),
        "proposal-asked": _("question posée sur un exemple"),
        "proposal-answered": _("réponse donnée sur un exemple"),
        "proposal-told": _("message écrit sur un exemple"),
        "proposal-edited": _("exemple proposé modifié"),
        "proposal-accepted": _("exemple accepté"),
        "proposal-declined": _("exemple refusé"),
        "proposal-withdrawn": _("exemple retiré"),
        "proposal-unpublished": _("exemple dépublié"),
        "proposal-reopened": _("exemple rouvert"),
        "proposal-trusted": _("exemple sorti des suspects"),
        "proposal-file-attached": _("fichier joint à un exemple"),
        "proposal-file-described": _("fichier d’un exemple décrit"),
        "proposal-file-removed": _("fichier d’un exemple retiré"),
        "proposal-emptied": _("exemple vidé de ce qui est personnel"),
        "proposal-erased": _("exemple proposé effacé"),
        "proposal-forgotten": _("exemple proposé oublié, son délai passé"),
    }
)
