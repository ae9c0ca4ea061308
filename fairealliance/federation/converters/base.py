"""Types shared by converters."""

from collections.abc import Callable
from typing import Any

from fairealliance.federation.context import Context
from fairealliance.federation.mapping import Field

# One cell, or several when a field is made from several columns.
Raw = str | tuple[str, ...]
Converter = Callable[[Any], Any]
Factory = Callable[[Field, Context], Converter]

# What files write for "nothing". Mappings add their own with `blanks`.
BLANKS = frozenset({"", "NULL", "N/A", "#N/A", "NAN", "NONE", "-", "[ND]"})

# With some room for spaces around: most cells are longer, and need no closer look.
_LONGEST = 16


def is_blank(cell: str) -> bool:
    return not cell or (len(cell) < _LONGEST and cell.strip().upper() in BLANKS) or cell.isspace()
