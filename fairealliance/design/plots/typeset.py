"""How wide words will be, without asking any font: widths of Helvetica, which Arial and Liberation Sans share."""

import unicodedata

# In thousandths of the size, from the published metrics of Helvetica.
_CLASSES = {
    191: "'",
    222: "ijl’‘",
    278: " !,./:;I[]ft\\|\u00a0",
    333: "()-r`“”",
    355: '"',
    389: "*",
    500: "cksvxyzJ",
    584: "+<=>~≈≤≥−±×",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "Wœ",
    1000: "…—Œ",
    1015: "@",
}
_WIDTHS = {sign: width for width, signs in _CLASSES.items() for sign in signs}
_USUAL = 556
_THIN = {"\u202f": 200, "\u2009": 200}
_BOLD = 1.07


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """In the unit of `size`; a little generous."""
    total = sum(_THIN.get(sign) or _WIDTHS.get(_bare(sign), _USUAL) for sign in text)
    return total * size / 1000 * (_BOLD if bold else 1.0)


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Lines no wider than `room` (a single long word may be). Spaces that do not break stay whole."""
    lines: list[str] = []
    for word in text.split(" "):
        if not word:
            continue
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _bare(sign: str) -> str:
    return sign if sign in _WIDTHS else unicodedata.normalize("NFD", sign)[0]
