"""The field's own words for a partnership, explained as one would aloud (forms and kinds: see enums.py)."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fairealliance.practices.enums import Form, PartnershipKind, PracticeStage
from fairealliance.practices.models import Practice

FORM_WORDS: dict[str, Promise] = {
    Form.DIALOGUE: gettext_lazy("On se réunit, on partage ce que l’on sait, on choisit ensemble les priorités."),
    Form.PARTNERSHIP: gettext_lazy("Des organisations différentes s’engagent l’une envers l’autre sur un projet."),
    Form.EXPERIMENT: gettext_lazy("On essaie à plusieurs, à petite échelle, ce qui n’existe pas encore."),
}
KIND_WORDS: dict[str, Promise] = {
    PartnershipKind.MECENAT: gettext_lazy("L’un soutient l’autre : argent, temps ou matériel, sans contrepartie."),
    PartnershipKind.RESPONSIBLE: gettext_lazy(
        "L’un aide l’autre à mieux faire son métier : environnement, handicap, insertion, achats…"
    ),
    PartnershipKind.COOPERATION: gettext_lazy("On produit ou on vend ensemble, et chacun y trouve son compte."),
    PartnershipKind.INNOVATION: gettext_lazy("On invente ensemble une réponse à un besoin que personne ne couvre."),
}
_STILL_GOING = (PracticeStage.STARTED, PracticeStage.RUNNING, PracticeStage.LASTING)


def years_in_words(practice: Practice) -> str:
    """`2021`, `de 2021 à 2023`, `depuis 2021`, `jusqu’en 2023`; empty when no year is known."""
    start, end = practice.start_year, practice.end_year
    if start and end:
        return str(start) if start == end else _("de %(start)d à %(end)d") % {"start": start, "end": end}
    if end:
        return _("jusqu’en %(end)d") % {"end": end}
    if start and practice.stage in _STILL_GOING:
        return _("depuis %(start)d") % {"start": start}
    return str(start) if start else ""


def meeting_in_words(spheres: int) -> str:
    """How many worlds met, for the mark beside the title."""
    if spheres == 1:
        return _("Une seule sphère connue")
    return ngettext("%(count)d sphère réunie", "%(count)d sphères réunies", spheres) % {"count": spheres}
