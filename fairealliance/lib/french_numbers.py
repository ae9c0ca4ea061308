"""Numbers as the French write them: decimal comma, no-break spaces, euro sign."""

import re
from decimal import Decimal, InvalidOperation

_BLANKS = re.compile(r"[\s  ']")
_MOST_DIGITS = 400
NARROW_SPACE = "\u202f"
NO_BREAK = "\u00a0"


def parse_decimal(raw: str) -> Decimal:
    """`21 667,00 €` → 21667.00. Raises ValueError in French when it is not a number."""
    bare = _BLANKS.sub("", raw).removesuffix("€").removesuffix("EUR")
    if "," in bare:
        bare = bare.replace(".", "").replace(",", ".")
    try:
        number = Decimal(bare)
    except InvalidOperation as error:
        raise ValueError(f"« {raw[:60]} » n’est pas un nombre") from error
    # « 1e999999999 » is a number, whose digits would fill the memory of whoever writes it out.
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError(f"« {raw[:60]} » n’est pas un nombre")
    return number


def small_whole(raw: str) -> int:
    """What a hidden field of ours carries (a version, a lock); 0 for anything else, however long."""
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 9 else 0


def format_number(number: float | Decimal, decimals: int = 0) -> str:
    """1234567.8 → `1 234 567,8` (narrow no-break spaces, decimal comma)."""
    text = f"{number:,.{decimals}f}"
    return text.replace(",", NARROW_SPACE).replace(".", ",")


def counted(count: int, one: str, many: str) -> str:
    """`0 résultat`, `1 résultat`, `2 résultats`: French is singular below two."""
    return f"{format_number(count)}{NO_BREAK}{many if count >= 2 else one}"


_INVARIABLE = frozenset({"fois"})


def unit_after(number: float | Decimal, unit: str) -> str:
    """The unit as it follows the number: « 1 quartier », « 2 quartiers »; French is singular below two."""
    is_counted = unit.isalpha() and unit.endswith("s") and unit not in _INVARIABLE
    return unit[:-1] if is_counted and -2 < number < 2 else unit
