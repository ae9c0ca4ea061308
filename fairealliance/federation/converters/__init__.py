"""Named ways of turning cells into values; mappings refer to them.

A converter raises ValueError with a French message when it cannot, and returns `Repaired` when it mended
something. It is called once per distinct value, whatever the number of rows.
"""

from typing import Any

from fairealliance.federation.converters import identifiers, lists, numbers, places, text, themes
from fairealliance.federation.converters.base import Converter, Factory, Raw

FACTORIES: dict[str, Factory] = {
    **text.FACTORIES,
    **numbers.FACTORIES,
    **identifiers.FACTORIES,
    **places.FACTORIES,
    **lists.FACTORIES,
    **themes.FACTORIES,
}

# What a blank cell gives, when the mapping does not say. None for the others.
EMPTY: dict[str, Any] = {
    **dict.fromkeys((*text.FACTORIES, "sphere", "legal-sphere", "naf"), ""),
    **dict.fromkeys((*lists.FACTORIES, *themes.FACTORIES, "territories"), ()),
}

__all__ = ["EMPTY", "FACTORIES", "Converter", "Factory", "Raw"]
