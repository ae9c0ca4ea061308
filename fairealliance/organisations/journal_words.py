"""What this room writes in the journal, in French."""

from django.utils.translation import gettext_lazy as _

from fairealliance.journal import words

words.register(
    {
        "organisation-created": _("organisation créée"),
        "organisation-updated": _("organisation modifiée"),
        "organisation-merged": _("organisations rapprochées"),
        "organisation-unmerged": _("organisations séparées"),
        "organisation-unnamed": _("fiche d’organisation débarrassée de ce qui menait à une personne"),
        "organisation-told": _("fiche d’organisation remplie"),
        "organisation-site-added": _("lieu d’une organisation ajouté"),
        "organisation-site-removed": _("lieu d’une organisation retiré"),
        "member-admitted": _("membre admis"),
        "member-named": _("rôle d’un membre changé"),
        "member-left": _("membre parti"),
        "member-removed": _("membre retiré"),
        "claim-code-sent": _("code de rattachement envoyé"),
        "claim-asked": _("rattachement demandé"),
        "claim-proposed": _("organisation proposée"),
        "claim-accepted": _("rattachement accepté"),
        "claim-refused": _("rattachement refusé"),
        "claim-withdrawn": _("demande de rattachement retirée"),
        "invitation-sent": _("invitation envoyée"),
        "invitation-cancelled": _("invitation annulée"),
        "invitation-accepted": _("invitation acceptée"),
        "invitation-declined": _("invitation déclinée"),
        "organisation-corrected": _("organisation corrigée"),
    }
)
