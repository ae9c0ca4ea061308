"""What the kinds, audiences and stages of resources mean, in plain words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairealliance.resources.enums import LinkState, Medoc, Progress, UseStage

MEDOC_WORDS: dict[str, Promise] = {
    Medoc.METHOD: _("Une méthode : comment s’y prendre, étape par étape."),
    Medoc.EXAMPLE: _("Un exemple : ce que d’autres ont fait."),
    Medoc.DATA: _("Des données : de quoi comprendre avant d’agir."),
    Medoc.TOOL: _("Un outil : de quoi faire, tout de suite."),
    Medoc.SKILL: _("Une compétence : de quoi apprendre, ou se faire aider."),
}
STAGE_WORDS: dict[str, Promise] = {
    UseStage.UNDERSTAND: _("comprendre : savoir où l’on en est"),
    UseStage.DEBATE: _("mettre en débat : se parler et choisir ensemble"),
    UseStage.ACT: _("agir : faire, à plusieurs"),
}
PROGRESS_WORDS: dict[str, Promise] = {
    Progress.REREAD: _("relire : comprendre d’où l’on vient"),
    Progress.RELATE: _("relier : mettre ensemble ceux qui peuvent agir"),
    Progress.REINVENT: _("réinventer : changer sa façon d’agir"),
}
LINK_WORDS: dict[str, Promise] = {
    LinkState.ALIVE: _("Ce lien répond"),
    LinkState.CLOSED: _("Lien à ouvrir soi-même : le site ne répond pas aux vérifications automatiques"),
    LinkState.FAILING: _("Ce lien n’a pas répondu"),
    LinkState.DEAD: _("Ce lien ne répond plus"),
    LinkState.REFUSED: _("Lien que nous ne vérifions pas"),
}
# The audiences of the import template; another word is shown as its source wrote it.
AUDIENCE_WORDS: dict[str, Promise] = {
    "elus": _("élus"),
    "agents": _("agents des collectivités"),
    "associations": _("associations"),
    "entreprises": _("entreprises"),
    "catalyseurs": _("catalyseurs territoriaux"),
    "citoyens": _("citoyens"),
    "chercheurs": _("chercheurs"),
    "etat": _("services de l’État"),
}
LANGUAGES: dict[str, Promise] = {
    "fr": _("français"),
    "en": _("anglais"),
    "de": _("allemand"),
    "es": _("espagnol"),
    "it": _("italien"),
}


def in_words(codes: list[str], words: dict[str, Promise]) -> list[str]:
    """Each code's words; a code we have no word for stays as it is."""
    return [str(words.get(code, code)) for code in codes if isinstance(code, str)]
