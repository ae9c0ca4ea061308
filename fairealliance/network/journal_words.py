"""What this room writes in the journal, in French."""

from django.utils.translation import gettext_lazy as _

from fairealliance.journal import words

words.register(
    {
        "mediation-given": _("rôle de médiateur donné"),
        "mediation-taken-back": _("rôle de médiateur repris"),
        "catalyst-invited": _("personne invitée à devenir catalyseur"),
        "catalyst-invitation-taken-back": _("invitation d’un catalyseur reprise"),
        "catalyst-proposed": _("profil de catalyseur proposé"),
        "catalyst-joined": _("catalyseur invité entré au répertoire"),
        "catalyst-changed": _("profil de catalyseur modifié"),
        "catalyst-consented": _("catalyseur d’accord pour paraître"),
        "catalyst-withdrew": _("catalyseur retiré de l’annuaire"),
        "catalyst-removed": _("profil de catalyseur effacé"),
        "catalyst-accepted": _("catalyseur accepté"),
        "catalyst-refused": _("catalyseur refusé"),
        "support-asked": _("appui demandé"),
        "support-offered": _("demande d’appui proposée"),
        "support-left-to-secretariat": _("demande d’appui laissée au secrétariat"),
        "support-accepted": _("demande d’appui acceptée"),
        "support-declined": _("demande d’appui déclinée"),
        "support-handed-on": _("demande d’appui passée à un autre"),
        "support-ended": _("appui terminé"),
        "support-withdrawn": _("demande d’appui retirée"),
    }
)
