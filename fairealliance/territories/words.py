"""How levels and natures are told to people."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.lib.french_numbers import counted, format_number
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


def level_count(level: str, count: int) -> str:
    """`1 commune`, `12 communes`."""
    return counted(count, level_name(level), level_plural(level))


def note_of_sum(known: int, total: int, *, is_summed: bool) -> str:
    """Of how many of its communes a figure is the sum, or why it is not summed."""
    counts = {"known": format_number(known), "total": format_number(total)}
    if not is_summed:
        told = ngettext(
            "connu pour %(known)s commune sur %(total)s : une somme tromperait",
            "connu pour %(known)s communes sur %(total)s : une somme tromperait",
            known,
        )
    elif known == total:
        told = ngettext("somme de sa commune", "somme de ses %(total)s communes", total)
    else:
        told = ngettext(
            "chiffre de la seule commune connue sur %(total)s : le vrai chiffre est plus élevé",
            "somme des %(known)s communes connues sur %(total)s : le vrai chiffre est plus élevé",
            known,
        )
    return told % counts


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


_AT = (("Le ", "au "), ("Les ", "aux "))


def at_name(name: str) -> str:
    """Of a town: « à Lyon », « au Havre », « aux Lilas », « à La Rochelle »."""
    for article, joined in _AT:
        if name.startswith(article):
            return joined + name.removeprefix(article)
    return f"à {name}"


_WITHIN = {2: "dans le ", 3: "dans la ", 4: "dans les ", 5: "dans l’", 7: "dans las ", 8: "dans los "}
_WIDE = {Level.DEPARTEMENT, Level.REGION, Level.COUNTRY}
_AT_ISLAND = {"La Réunion", "Mayotte", "Saint-Pierre-et-Miquelon"}
_EN_OVERSEAS = {"Guadeloupe", "Martinique", "Guyane"}


def within(territory: Territory) -> str:
    """« dans la Loire », « en Haute-Savoie », « en Bretagne », « à Paris », « au Havre »."""
    name, article = territory.name, territory.article
    if territory.level not in _WIDE:
        return at_name(name)
    if name not in _AT_ISLAND and _takes_en(territory):
        return f"en {name}"
    if article in _WITHIN and name not in _AT_ISLAND:
        return _WITHIN[article] + name
    return f"à {name}"


def _takes_en(territory: Territory) -> bool:
    """Regions, the country, feminine names of two words (Seine-Maritime), those joined by « et » (Ille-et-Vilaine)."""
    name, article = territory.name, territory.article
    if territory.level != Level.DEPARTEMENT:
        return article not in (2, 4)
    is_double = article in (3, 5) and "-" in name
    return is_double or (article in (0, 1) and "-et-" in name) or name in _EN_OVERSEAS
