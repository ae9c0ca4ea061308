"""Names of places inside a sentence."""

from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory

# INSEE's "type de liaison": 2 le, 3 la, 4 les, 5 l', 6 aux, 7 las, 8 los; 0 and 1 take no article.
_WITHIN = {2: "dans le ", 3: "dans la ", 4: "dans les ", 5: "dans l’", 7: "dans las ", 8: "dans los "}
_FEMININE = {3, 5}


def in_territory(territory: Territory) -> str:
    """« dans la Loire », « en Haute-Savoie », « en Bretagne », « à Paris »."""
    name, article = territory.name, territory.article
    if territory.level == Level.REGION and article not in (2, 4):
        return f"en {name}"
    # Double feminine names take "en": en Seine-Maritime, en Ille-et-Vilaine.
    if article in _FEMININE and "-" in name:
        return f"en {name}"
    if article in _WITHIN:
        return _WITHIN[article] + name
    return f"à {name}"
