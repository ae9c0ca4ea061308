"""Who governs at the level of a département: not always a département."""

from django.utils.translation import gettext as _

from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory
from fairealliance.territories.words import level_name, of_name

# Single collectivities (Corse 2018, Alsace 2021, Paris 2019, Martinique and Guyane 2015) and overseas ones.
_OTHERS = {
    "2A": "Collectivité de Corse",
    "2B": "Collectivité de Corse",
    "67": "Collectivité européenne d’Alsace",
    "68": "Collectivité européenne d’Alsace",
    "75": "Ville de Paris",
    "972": "Collectivité territoriale de Martinique",
    "973": "Collectivité territoriale de Guyane",
    "975": "Collectivité de Saint-Pierre-et-Miquelon",
    "977": "Collectivité de Saint-Barthélemy",
    "978": "Collectivité de Saint-Martin",
    "986": "Territoire des îles Wallis et Futuna",
    "987": "Polynésie française",
    "988": "Nouvelle-Calédonie",
}
# Codes at the level of départements that are none: Saint-Pierre-et-Miquelon, Polynésie…
_OVERSEAS = {"975", "977", "978", "984", "986", "987", "988", "989"}
# On its ground this métropole is the département too.
METROPOLE_DE_LYON = "200046977"


def is_departement(territory: Territory) -> bool:
    """False where another collectivity does the work of a département."""
    return territory.code not in _OTHERS


def what(territory: Territory) -> str:
    """`commune`, `métropole`, `département`, or `collectivité d’outre-mer`."""
    if territory.level == Level.DEPARTEMENT and territory.code in _OVERSEAS:
        return _("collectivité d’outre-mer")
    return level_name(territory.level, territory.nature)


def council_name(territory: Territory) -> str:
    """« Département de la Loire », « Collectivité de Corse »."""
    return _OTHERS.get(territory.code) or _("Département %s") % of_name(territory.name, territory.article)
