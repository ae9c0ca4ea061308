"""What this room writes in the journal, in French."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from fairealliance.journal import words

_PARTS = {
    "programme": _("feuille de route"),
    "dimension": _("dimension"),
    "workstream": _("chantier"),
    "changeforce": _("force du changement"),
    "lever": _("levier"),
    "illustration": _("illustration"),
    "statement": _("déclaration"),
    "facilitator": _("facilitateur"),
}
_SAID = {"created": _("ajout"), "updated": _("modification"), "removed": _("retrait")}

words.register(
    {
        f"{part}-{verb}": format_lazy("{thing} : {said}", thing=thing, said=said)
        for part, thing in _PARTS.items()
        for verb, said in _SAID.items()
    }
    | {
        "indicator-removed": _("indicateur retiré"),
        "programme-loaded": _("feuille de route chargée"),
        "measure-created": _("mesure créée"),
        "measure-worded-anew": _("mesure rédigée à nouveau"),
        "measure-linked": _("lien d’une mesure ajouté"),
        "measure-unlinked": _("lien d’une mesure retiré"),
        "correspondent-added": _("correspondant d’une mesure ajouté"),
        "correspondent-removed": _("correspondant d’une mesure retiré"),
        "draft-started": _("brouillon de bilan commencé"),
        "draft-saved": _("brouillon de bilan enregistré"),
        "draft-submitted": _("bilan transmis au secrétariat"),
        "draft-published": _("brouillon de bilan publié"),
        "draft-dropped": _("brouillon de bilan abandonné"),
        "draft-draft": _("bilan rendu pour être repris"),
        "report-published": _("bilan d’une mesure publié"),
        "workstream-report-published": _("bilan d’un chantier publié"),
        "progress-report-issued": _("bilan établi"),
    }
)
