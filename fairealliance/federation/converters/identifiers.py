"""SIREN, SIRET, RNA, and what a SIREN says of who bears it."""

import re
from hashlib import blake2b

from fairealliance.federation import repairs
from fairealliance.federation.context import Context
from fairealliance.federation.converters.base import Converter, Factory, is_blank
from fairealliance.federation.mapping import Field
from fairealliance.federation.repairs import Repaired
from fairealliance.lib.identifiers import clean_rna, clean_siren, clean_siret
from fairealliance.lib.text_fr import fold

_NOT_DIGIT = re.compile(r"\D")


def siren(field: Field, context: Context) -> Converter:
    """A SIREN; its lost zero, or the SIRET in its place, are mended when the check digits agree."""

    def convert(raw: str) -> str | Repaired:
        if len(raw) == 9:
            return clean_siren(raw)
        digits = _NOT_DIGIT.sub("", raw.removesuffix(".0"))
        if len(digits) == 8:
            return Repaired(clean_siren("0" + digits), repairs.LEADING_ZERO)
        if len(digits) == 13:
            return Repaired(clean_siret("0" + digits)[:9], repairs.SIREN_FROM_SIRET)
        if len(digits) == 14:
            return Repaired(clean_siret(digits)[:9], repairs.SIREN_FROM_SIRET)
        return clean_siren(raw)

    return convert


def siret(field: Field, context: Context) -> Converter:
    def convert(raw: str) -> str | Repaired:
        digits = _NOT_DIGIT.sub("", raw.removesuffix(".0"))
        if len(digits) == 13:
            return Repaired(clean_siret("0" + digits), repairs.LEADING_ZERO)
        return clean_siret(raw)

    return convert


def siren_of_siret(field: Field, context: Context) -> Converter:
    """Where the file has a SIRET as a rule: its first nine digits are no repair. A SIREN alone is one."""
    read = siret(field, context)

    def convert(raw: str) -> str | Repaired:
        digits = _NOT_DIGIT.sub("", raw)
        if len(digits) == 9:
            return Repaired(clean_siren(digits), repairs.SIREN_FROM_SIRET)
        found = read(raw)
        return Repaired(found.value[:9], found.kind) if isinstance(found, Repaired) else str(found)[:9]

    return convert


def siret_or_name(field: Field, context: Context) -> Converter:
    """The SIREN of a SIRET; None when there is plainly a name in its place (no more than a few digits)."""
    read = siren_of_siret(field, context)

    def convert(raw: str) -> str | Repaired | None:
        return None if len(_NOT_DIGIT.sub("", raw)) < 8 else read(raw)

    return convert


def rna(field: Field, context: Context) -> Converter:
    """An RNA number; with `loose`, anything else is silently no number."""
    loose = bool(field.options.get("loose"))

    def convert(raw: str) -> str | None:
        try:
            return clean_rna(raw)
        except ValueError:
            if loose:
                return None
            raise

    return convert


def sphere(field: Field, context: Context) -> Converter:
    """From a SIREN or SIRET, then a name, then a legal category: only legal evidence counts, else `default`.

    INSEE gives public bodies numbers that begin with 1 (the State and its bodies) or 2 (local authorities), and
    those only. Names: `words` maps a sphere to words that say a legal form.
    """
    words = {key: re.compile(rf"\b(?:{'|'.join(values)})\b") for key, values in field.options.get("words", {}).items()}
    default = field.options.get("otherwise", "")

    def convert(raw: tuple[str, str]) -> str:
        number = raw[0] if raw[0].isdigit() else _NOT_DIGIT.sub("", raw[0])
        if len(number) in (9, 14) and number[0] in "12":
            return "etat" if number[0] == "1" else "collectivite"
        name = fold(raw[1])
        return next((key for key, pattern in words.items() if pattern.search(name)), str(default))

    return convert


# INSEE, "Catégories juridiques" (September 2022): first digits → sphere; the longest that fits wins.
_LEGAL = {
    "1": "entreprise",
    "2": "entreprise",
    "3": "entreprise",
    "4": "etat",
    "5": "entreprise",
    "6": "entreprise",
    "65": "entreprise",
    "71": "etat",
    "72": "collectivite",
    "73": "collectivite",
    "74": "etat",
    "7331": "academique",
    "7382": "etat",
    "7383": "academique",
    "7384": "etat",
    "7385": "etat",
    "7389": "etat",
    "81": "etat",
    "82": "etat",
    "83": "entreprise",
    "84": "entreprise",
    "85": "entreprise",
    "91": "entreprise",
    "92": "association",
    "93": "association",
}


def legal_sphere(field: Field, context: Context) -> Converter:
    """From INSEE's legal category. Blank when it says nothing of the six spheres."""

    def convert(raw: str) -> str:
        code = raw.strip()
        if is_blank(code):
            return ""
        return next((_LEGAL[code[:n]] for n in (4, 2, 1) if code[:n] in _LEGAL), "")

    return convert


def file_number(field: Field, context: Context) -> Converter:
    """The first cell when it holds a number, else a key made from the others: the same row gives the same key."""

    def convert(raw: tuple[str, ...]) -> str:
        if raw[0].isdigit():
            return raw[0][:120]
        number, *others = (" ".join(cell.split()) for cell in raw)
        if any(sign.isdigit() for sign in number):
            return number[:120]
        if not any(others):
            raise ValueError("la ligne n’a pas de numéro")
        return "~" + blake2b("\x1f".join(others).encode(), digest_size=16).hexdigest()

    return convert


def naf(field: Field, context: Context) -> Converter:
    """The nomenclature, then the code: only today's French nomenclature, whose words we can tell."""

    def convert(raw: tuple[str, str]) -> str:
        return raw[1].strip()[:6] if raw[0].strip() == "NAFRev2" else ""

    return convert


FACTORIES: dict[str, Factory] = {
    "naf": naf,
    "file-number": file_number,
    "siren": siren,
    "siret": siret,
    "siren-of-siret": siren_of_siret,
    "siret-or-name": siret_or_name,
    "rna": rna,
    "sphere": sphere,
    "legal-sphere": legal_sphere,
}
