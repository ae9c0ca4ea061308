"""Numbers as the French write them: decimal comma, no-break spaces, euro sign."""

import re
from decimal import Decimal, InvalidOperation

_BLANKS = re.compile(r"[\s  ']")
NARROW_SPACE = "\u202f"


def parse_decimal(raw: str) -> Decimal:
    """`21 667,00 €` → 21667.00. Raises ValueError in French when it is not a number."""
    bare = _BLANKS.sub("", raw).removesuffix("€").removesuffix("EUR")
    if "," in bare:
        bare = bare.replace(".", "").replace(",", ".")
    try:
        number = Decimal(bare)
    except InvalidOperation as error:
        raise ValueError(f"« {raw} » n’est pas un nombre") from error
    if not number.is_finite():
        raise ValueError(f"« {raw} » n’est pas un nombre")
    return number


def format_number(number: float | Decimal, decimals: int = 0) -> str:
    """1234567.8 → `1 234 567,8` (narrow no-break spaces, decimal comma)."""
    text = f"{number:,.{decimals}f}"
    return text.replace(",", NARROW_SPACE).replace(".", ",")


_INVARIABLE = frozenset({"fois"})


def unit_after(number: float | Decimal, unit: str) -> str:
    """The unit as it follows the number: « 1 quartier », « 2 quartiers »; French is singular below two."""
    is_counted = unit.isalpha() and unit.endswith("s") and unit not in _INVARIABLE
    return unit[:-1] if is_counted and -2 < number < 2 else unit
