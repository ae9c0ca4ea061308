"""Named ways of turning cells into values; mappings refer to them.

A converter raises ValueError with a French message when it cannot, and returns `Repaired` when it mended
something. It is called once per distinct value, whatever the number of rows.
"""

from fairealliance.federation.converters import identifiers, lists, numbers, places, text
from fairealliance.federation.converters.base import Converter, Factory, Raw

FACTORIES: dict[str, Factory] = {
    **text.FACTORIES,
    **numbers.FACTORIES,
    **identifiers.FACTORIES,
    **places.FACTORIES,
    **lists.FACTORIES,
}

__all__ = ["FACTORIES", "Converter", "Factory", "Raw"]
