"""How levels and natures are told to people."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.lib.french_numbers import format_number
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory


def level_name(level: str, nature: str = "") -> str:
    """`commune`, `communauté de communes`, `métropole`, `région`…"""
    kinds = {
        "CC": _("communauté de communes"),
        "CA": _("communauté d’agglomération"),
        "CU": _("communauté urbaine"),
        "METRO": _("métropole"),
        "MET69": _("métropole"),
    }
    return kinds.get(nature) or str(Level(level).label)


def level_plural(level: str) -> str:
    """`communes`, `intercommunalités`…"""
    return {
        Level.COMMUNE: _("communes"),
        Level.EPCI: _("intercommunalités"),
        Level.EPT: _("établissements publics territoriaux"),
        Level.DEPARTEMENT: _("départements"),
        Level.REGION: _("régions"),
    }[Level(level)]


def inhabitants(population: int) -> str:
    """`4 200 habitants`, `1 habitant`."""
    return ngettext("%(n)s habitant", "%(n)s habitants", population) % {"n": format_number(population)}


def seat_name(nature: str) -> str:
    """What a commune is the chief town of, or nothing."""
    return {
        "prefecture-region": _("préfecture de région"),
        "prefecture": _("préfecture"),
        "sous-prefecture": _("sous-préfecture"),
    }.get(nature, "")


# INSEE's "type de liaison" (TNCC): how "de" joins the name.
_LINK = {
    0: "de ",
    1: "d’",
    2: "du ",
    3: "de la ",
    4: "des ",
    5: "de l’",
    6: "des ",
    7: "de las ",
    8: "de los ",
}
_IN_NAME = {2: "Le ", 3: "La ", 4: "Les ", 5: "L'", 6: "Aux ", 7: "Las ", 8: "Los "}


def of_name(name: str, article: int | None) -> str:
    """`de la Loire`, `du Mans`, `d’Amiens`: the name after "de"."""
    if article is None:
        return ("d’" if name[:1].lower() in "aeiouyéèêîôâœh" else "de ") + name
    held = _IN_NAME.get(article, "")
    bare = name[len(held) :] if held and name.replace("’", "'").startswith(held) else name
    return _LINK[article] + bare


_WITHIN = {2: "dans le ", 3: "dans la ", 4: "dans les ", 5: "dans l’", 7: "dans las ", 8: "dans los "}
_FEMININE = {3, 5}


def within(territory: Territory) -> str:
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
