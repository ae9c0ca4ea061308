"""Communes, départements and territories, as files name them."""

import re

from fairealliance.federation import repairs
from fairealliance.federation.context import Context
from fairealliance.federation.converters.base import Converter, Factory, is_blank
from fairealliance.federation.mapping import Field
from fairealliance.federation.repairs import Repaired
from fairealliance.lib.text_fr import name_key
from fairealliance.territories.enums import Level
from fairealliance.territories.lookup import CodeBook, Found

_KIND_OF = {
    "padded": repairs.LEADING_ZERO,
    "former": repairs.FORMER_CODE,
    "delegated": repairs.FORMER_CODE,
    "associated": repairs.FORMER_CODE,
    "name": repairs.BY_NAME,
}
_FOUR_DIGITS = re.compile(r"\d{4}\Z")
_BARE_CODE = re.compile(r"(\d{4}|\d[\dAB]\d{3})\Z")


def commune(field: Field, context: Context) -> Converter:
    """Code, then (if the file has them) département and name. Gives the id of today's territory.

    Four digits are a code that lost its zero, when the département or the name agrees (or neither is there to
    say). A code that is unknown gives way to the name in its département, then to the département alone when
    `or_departement` allows. With `own`, a municipal arrondissement is itself, not its city. With
    `second_is_postal_code` the département is that of a postal code.
    """
    book, own = context.book, bool(field.options.get("own"))
    postal = bool(field.options.get("second_is_postal_code"))

    def convert(raw: str | tuple[str, ...]) -> int | Repaired | None:
        code, departement, name = ((raw,) if isinstance(raw, str) else raw) + ("",) * (3 - _width(raw))
        departement = _departement_of(departement) if postal else departement
        code = "" if is_blank(code) else code.strip().upper().removesuffix(".0")
        found = (book.find_own(code) if own else book.find(code)) if code else None
        if found and _FOUR_DIGITS.match(code) and not _agrees(book, found, code, departement, name):
            found = None
        found = found or (None if is_blank(name) else book.by_name(name, departement))
        if found:
            kind = _KIND_OF.get(found.how)
            return Repaired(found.territory_id, kind) if kind else found.territory_id
        if field.options.get("or_departement") and (whole := book.find(departement, Level.DEPARTEMENT)):
            return Repaired(whole.territory_id, repairs.DEPARTEMENT_ONLY)
        if not code and not field.required:
            return None
        raise ValueError(
            f"commune « {code or name.strip()} » inconnue" if code or name else "la commune n’est pas dite"
        )

    return convert


def _width(raw: str | tuple[str, ...]) -> int:
    return 1 if isinstance(raw, str) else len(raw)


def _departement_of(postal_code: str) -> str:
    digits = postal_code.strip()
    if digits.startswith("20"):
        return "2A" if digits[:3] in ("200", "201") else "2B"
    return digits[:3] if digits.startswith(("97", "98")) else digits[:2]


def _agrees(book: CodeBook, found: Found, code: str, departement: str, name: str) -> bool:
    if is_blank(departement) and is_blank(name):
        return True
    if not is_blank(departement) and ("0" + code).startswith(departement.strip().zfill(2)):
        return True
    return not is_blank(name) and name_key(book.place(found.territory_id).name) == name_key(name)


def departement(field: Field, context: Context) -> Converter:
    def convert(raw: str) -> int | Repaired:
        found = context.book.find(raw.strip(), Level.DEPARTEMENT)
        if found is None:
            raise ValueError(f"département « {raw.strip()[:20]} » inconnu")
        return Repaired(found.territory_id, repairs.LEADING_ZERO) if found.how == "padded" else found.territory_id

    return convert


def territory(field: Field, context: Context) -> Converter:
    """`commune:42218`, or a commune's bare code."""

    def convert(raw: str) -> int | Repaired:
        found = _resolve(context.book, raw.strip())
        kind = _KIND_OF.get(found.how)
        return Repaired(found.territory_id, kind) if kind else found.territory_id

    return convert


def territories(field: Field, context: Context) -> Converter:
    """`commune:42218 | epci:244200770 | 42218`: ids, in order."""

    def convert(raw: str) -> Repaired | tuple[int, ...]:
        found = [_resolve(context.book, part) for part in filter(None, map(str.strip, raw.split("|")))]
        ids = tuple(dict.fromkeys(one.territory_id for one in found))
        kind = next((_KIND_OF[one.how] for one in found if one.how in _KIND_OF), None)
        return Repaired(ids, kind) if kind else ids

    return convert


def _resolve(book: CodeBook, ref: str) -> Found:
    level, separator, code = ref.partition(":")
    if not separator and _BARE_CODE.match(ref.upper()):
        level, code = Level.COMMUNE.value, ref
    elif level not in Level.values:
        raise ValueError(f"« {ref[:40]} » n’est pas un territoire : écrivez par exemple commune:42218")
    found = book.find(code, level)
    if found is None:
        raise ValueError(f"territoire « {ref[:40]} » inconnu")
    return found


FACTORIES: dict[str, Factory] = {
    "commune": commune,
    "departement": departement,
    "territory": territory,
    "territories": territories,
}
