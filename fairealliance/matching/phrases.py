"""The words of reasons, translated once per language: a list holds three hundred of them."""

from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairealliance.matching.bits import EXCHANGES
from fairealliance.organisations.enums import Exchange
from fairealliance.territories.enums import Level


def phrases() -> dict[str, str]:
    """In the language of now."""
    return _in(get_language() or "")


@cache
def _in(language: str) -> dict[str, str]:
    return {**_reasons(), **_gates(), **_missing(), **_labels()}


def _labels() -> dict[str, str]:
    kinds = {f"kind {i}": str(Exchange(value).label) for i, value in enumerate(EXCHANGES)}
    return kinds | {f"level {level}": str(level.label) for level in Level}


def _reasons() -> dict[str, str]:
    return {
        "got": _("Apporte ce que vous cherchez : %s."),
        "given": _("Cherche ce que vous apportez : %s."),
        "pair": _("%s apporte ce que %s cherche : %s."),
        "pair skills": _("Compétences que %s cherche et que %s apporte : %s."),
        "pair wide": _("%s : %s"),
        "goal": _("Même objectif : ODD %s."),
        "goals": _("Mêmes objectifs : ODD %s."),
        "theme": _("Même thème : %s."),
        "themes": _("Mêmes thèmes : %s."),
        "skills got": _("Compétences que vous cherchez : %s."),
        "skills given": _("Compétences que vous pouvez partager : %s."),
        "km": _("À %s de chez vous."),
        "km place": _("À %s de chez vous : %s."),
        "below": _("moins d’un kilomètre"),
        "remote": _("Peut agir à distance."),
        "country": _("Agit dans toute la France."),
        "here": _("Sur le territoire regardé."),
        "acts here": _("Là où vous agissez."),
        "acts": _("Agit sur votre territoire : %s (%s)."),
        "is in": _("Sur le territoire regardé : %s (%s)."),
        "acts in": _("Là où vous agissez : %s (%s)."),
        "today": _("À jour aujourd’hui."),
        "yesterday": _("Mise à jour hier."),
        "days": _("Mise à jour il y a %d jours."),
        "answered one": _("A répondu à %d demande sur %d."),
        "answered": _("A répondu à %d demandes sur %d."),
        "exposure": _("Peu montrée jusqu’ici : remontée un peu dans la liste."),
    }


def _gates() -> dict[str, str]:
    return {
        "gate km": _("%s, pour %s au plus."),
        "gate dates": _("Valable aujourd’hui."),
        "gate spheres": _("Vos deux mondes peuvent faire alliance."),
        "gate sphere unknown": _("Monde non renseigné d’un côté : rien ne s’y oppose."),
        "gate exclusions": _("Aucun des deux n’a écarté l’autre."),
        "gate no limit": _("Pas de limite annoncée."),
        "gate room one": _("Encore %d place."),
        "gate room": _("Encore %d places."),
        "gate members": _("Se montre aux membres."),
        "gate all": _("Se montre à tous."),
    }


def _missing() -> dict[str, str]:
    return {
        "no exchange": _("On ne sait pas ce qu’elle cherche ni ce qu’elle apporte : à lui demander."),
        "no seeks": _("On ne sait pas ce qu’elle cherche."),
        "no brings": _("On ne sait pas ce qu’elle apporte."),
        "pair seeks": _("On ne sait pas ce que cherche %s."),
        "pair brings": _("On ne sait pas ce qu’apporte %s."),
        "left": _("Reste à trouver ailleurs : %s."),
        "other skills": _("Des compétences de part et d’autre, mais pas les mêmes."),
        "no skills": _("Ses compétences ne sont pas précisées, ou nous ne les reconnaissons pas."),
        "no goals": _("Ses objectifs (ODD, thèmes) ne sont pas renseignés."),
        "no sphere": _("Son monde (association, entreprise, collectivité…) n’est pas renseigné."),
        "no date": _("La date de ses informations n’est pas connue."),
        "old": _("Ses informations datent : à vérifier avec elle."),
        "no request": _("Pas encore de demande reçue ici : on ne sait pas comment elle y répond."),
    }
