"""What this room writes in the journal, in French."""

from django.utils.translation import gettext_lazy as _

from fairealliance.journal import words

words.register(
    {
        "introduction-asked": _("mise en relation demandée"),
        "introduction-accepted": _("mise en relation acceptée"),
        "introduction-declined": _("mise en relation déclinée"),
        "introduction-withdrawn": _("mise en relation retirée"),
        "introduction-written": _("message écrit dans une mise en relation"),
        "introduction-reminded": _("mise en relation rappelée"),
        "introduction-warned": _("silence d’une mise en relation signalé"),
        "introduction-closed": _("mise en relation close"),
        "introduction-begun": _("alliance commencée"),
        "introduction-ended": _("mise en relation terminée"),
        "introduction-accompanied": _("mise en relation accompagnée par un tiers"),
        "introduction-left-alone": _("fin de l’accompagnement d’une mise en relation"),
        "introduction-parted": _("mise en relation défaite"),
        "introduction-followed": _("nouvelles d’une alliance demandées"),
        "introduction-follow-up-answered": _("nouvelles d’une alliance données"),
    }
)
