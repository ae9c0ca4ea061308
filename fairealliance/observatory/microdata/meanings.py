"""What the codes of a survey correspond to here: a kind of actor, a territory."""

import re

from django.utils.translation import gettext as _

from fairealliance.lib.text_fr import fold
from fairealliance.observatory.enums import ActorKind
from fairealliance.observatory.microdata.codebook import Column
from fairealliance.observatory.microdata.errors import Refused
from fairealliance.territories.enums import Level

# Looked for in this order: « dirigeants associatifs » lead associations.
_WORDS = (
    (ActorKind.ASSOCIATIONS, r"\bassoc"),
    (ActorKind.RESEARCHERS, r"\b(cherch|academi|universit)"),
    (ActorKind.MAYORS, r"\b(maire|elu|elus|elue|elues|collectivite|mairie)"),
    (ActorKind.COMPANIES, r"\b(entrepris|dirigeant|chef|societe|pme)"),
    (ActorKind.CITIZENS, r"\b(citoyen|francais|habitant|grand public|population)"),
    (ActorKind.ORGANISATIONS, r"\borganis"),
)
_LEVELS = {fold(text): level for level in Level for text in (level.value, str(level.label))}


def actor_of(column: Column, code: str) -> ActorKind:
    """From `correspondance`, else from the words of the label. Raises Refused when neither tells."""
    label = column.codes.get(code, code)
    told = column.meanings.get(code, "")
    if told in ActorKind.values:
        return ActorKind(told)
    words = fold(told or label)
    for kind, pattern in _WORDS:
        if re.search(pattern, words):
            return kind
    kinds = ", ".join(f"{kind.value} ({kind.label})" for kind in ActorKind)
    raise Refused(
        _(
            "Colonne « %(name)s », code « %(code)s » (%(label)s) : quelle sorte d’acteur ?"
            " Écrivez-le dans « correspondance » du dictionnaire : %(kinds)s."
        )
        % {"name": column.name, "code": code, "label": label, "kinds": kinds}
    )


def territory_of(column: Column, code: str) -> str:
    """A ref (`region:75`), from the code's own `correspondance` or the column's level. It may name nothing."""
    told = column.meanings.get(code, "")
    if ":" in told:
        return told
    level = _LEVELS.get(fold(told or column.meaning))
    if level is None:
        levels = ", ".join(dict.fromkeys(each.value for each in (Level.REGION, Level.DEPARTEMENT, Level.EPCI)))
        raise Refused(
            _(
                "Colonne « %(name)s » : quel niveau de territoire ? Écrivez-le dans « correspondance »"
                " d’une ligne du dictionnaire sans code (%(levels)s, commune), ou en face de chaque code"
                " (region:75)."
            )
            % {"name": column.name, "levels": levels}
        )
    return f"{level.value}:{code}"
