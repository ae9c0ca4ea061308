"""Words."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from fairealliance.federation import repairs
from fairealliance.federation.context import Context
from fairealliance.federation.converters.base import Converter, Factory, is_blank
from fairealliance.federation.mapping import Field
from fairealliance.federation.repairs import Repaired
from fairealliance.federation.sources import is_known
from fairealliance.lib.text_fr import shorten
from fairealliance.lib.titles import calm_name

_EMAIL = EmailValidator()
_LONGEST_EMAIL = 254  # RFC 5321, and the field
_PHONE_SIGNS = re.compile(r"[^0-9+]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?\Z")


_ESCAPES = re.compile(r"\\x([0-9A-F]{2})|\\u([0-9A-Fa-f]{4})")


def unescape(cell: str) -> str:
    """`Le\\x20bus` → `Le bus`: what some web forms leave in files."""
    return cell if "\\" not in cell else _ESCAPES.sub(_sign, cell)


def _sign(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    # Controls and halves of pairs are not text; no database takes them all.
    return " " if code < 32 or 0xD800 <= code <= 0xDFFF else chr(code)


def text(field: Field, context: Context) -> Converter:
    """One line, at most `limit` characters; with `calm`, a name in capitals is set for reading."""
    limit = int(field.options.get("limit", 100_000))
    calm = calm_name if field.options.get("calm") else str

    def convert(raw: str) -> Any:
        plain = unescape(raw)
        line = calm(" ".join(_CONTROLS.sub("", plain).split()))
        if len(line) > limit:
            return Repaired(shorten(line, limit), repairs.SHORTENED)
        if plain != raw:
            return Repaired(line, repairs.ESCAPED)
        return Repaired(line, repairs.LINE_BREAKS) if "\n" in raw.strip() else line

    return convert


def paragraphs(field: Field, context: Context) -> Converter:
    """Text that may have several lines."""

    def convert(raw: str) -> str:
        lines = (" ".join(line.split()) for line in _CONTROLS.sub("", raw).splitlines())
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    return convert


def template(field: Field, context: Context) -> Converter:
    """`parts`: French sentences with `{1}`, `{2}`… for the columns; a part whose column is blank is left out.

    `table` gives words for codes: `table.2.A = "…"` for the second column.
    """
    parts: list[str] = field.options["parts"]
    tables: dict[int, dict[str, str]] = {int(n): words for n, words in field.options.get("table", {}).items()}
    using = [(part, [int(number) for number in re.findall(r"\{(\d+)\}", part)]) for part in parts]

    def convert(raw: str | tuple[str, ...]) -> str | Repaired:
        given = (raw,) if isinstance(raw, str) else raw
        cells = ["", *[" ".join(unescape(cell).split()) for cell in given]]
        blank = {number for number, cell in enumerate(cells) if is_blank(cell)}
        words = [tables[n].get(cell, cell) if n in tables else cell for n, cell in enumerate(cells)]
        line = " ".join(filter(None, [part.format(*words) for part, used in using if blank.isdisjoint(used)]))
        escaped = "\\" in "".join(given) and any(map(_ESCAPES.search, given))
        return Repaired(line, repairs.ESCAPED) if escaped else line

    return convert


def joined(field: Field, context: Context) -> Converter:
    """The cells that are not blank, joined; at most `limit` characters."""
    separator, limit = field.options.get("separator", " "), int(field.options.get("limit", 100_000))

    def convert(raw: tuple[str, ...]) -> Any:
        line = str(separator.join(" ".join(cell.split()) for cell in raw if not is_blank(cell)))
        return Repaired(shorten(line, limit), repairs.SHORTENED) if len(line) > limit else line

    return convert


def first_of(field: Field, context: Context) -> Converter:
    """The first column that says something. ValueError when none does and the field is required."""
    return name(replace(field, options={"names": 100, **field.options}), context)


def name(field: Field, context: Context) -> Converter:
    """The first of the `names` first columns that says something, else the others joined: a person's name."""
    names, limit = int(field.options["names"]), int(field.options.get("limit", 100_000))
    blanks = set(field.options.get("blanks", ()))

    def convert(raw: tuple[str, ...]) -> Any:
        cells = ["" if is_blank(cell) or cell in blanks else " ".join(cell.split()) for cell in raw]
        found = next(filter(None, cells[:names]), "") or " ".join(filter(None, cells[names:]))
        if not found and field.required:
            raise ValueError("la case est vide")
        return Repaired(shorten(found, limit), repairs.SHORTENED) if len(found) > limit else found

    return convert


def establishment_name(field: Field, context: Context) -> Converter:
    """A state, then names. A closed establishment says so, its name being all that pages show of it."""
    closed = field.options["closed"]
    first = first_of(replace(field, required=False), context)

    def convert(raw: tuple[str, ...]) -> Any:
        found = first(raw[1:])
        if raw[0].strip() != closed:
            return found
        name = found.value if isinstance(found, Repaired) else found
        return f"{name} (fermé)".strip()

    return convert


def table(field: Field, context: Context) -> Converter:
    """A value for each word; case does not count. ValueError for a word that is not in the table.

    With `prefix`, only so many signs of the word count.
    """
    given = field.options["table"]
    values = {str(word).casefold(): _frozen(value) for word, value in given.items()}
    prefix = int(field.options.get("prefix", 0)) or None

    def convert(raw: str) -> Any:
        word = " ".join(raw.split()).casefold()[:prefix]
        if word in values:
            return values[word]
        if "otherwise" in field.options:
            return _frozen(field.options["otherwise"])
        known = ", ".join(str(word) for word in list(given)[:12])
        raise ValueError(f"« {raw.strip()[:60]} » n’est pas prévu ; valeurs connues : {known}")

    return convert


def refused(field: Field, context: Context) -> Converter:
    """ValueError for the values listed, with their reason; any other passes."""
    reasons: dict[str, str] = field.options["reasons"]

    def convert(raw: str) -> str:
        if reason := reasons.get(raw.strip()):
            raise ValueError(reason)
        return raw.strip()

    return convert


def email(field: Field, context: Context) -> Converter:
    def convert(raw: str) -> str:
        address = raw.strip().strip(";,").removeprefix("mailto:")
        try:
            _EMAIL(address)
            if len(address) > _LONGEST_EMAIL:
                raise ValidationError("too long")
        except ValidationError as error:
            raise ValueError(f"« {address[:80]} » n’est pas une adresse de courriel") from error
        return address

    return convert


def url(field: Field, context: Context) -> Converter:
    """Only http and https; an address typed without is completed."""

    def convert(raw: str) -> str:
        address = raw.strip()
        if _DOMAIN.match(address):
            address = f"https://{address}"
        try:
            parts = urlsplit(address)
        except ValueError as error:
            raise ValueError(f"« {address[:80]} » n’est pas une adresse web") from error
        if parts.scheme not in ("http", "https") or "." not in parts.netloc or " " in address or len(address) > 500:
            raise ValueError(f"« {address[:80]} » n’est pas une adresse web")
        return address

    return convert


def first_url(field: Field, context: Context) -> Converter:
    """The first column that says something, as a web address."""
    first, read = first_of(field, context), url(field, context)

    def convert(raw: tuple[str, ...]) -> str:
        found = first(raw)
        return str(read(found)) if found else ""

    return convert


def phone(field: Field, context: Context) -> Converter:
    """French numbers in pairs; a leading zero lost by a spreadsheet is put back."""

    def convert(raw: str) -> Any:
        digits = _PHONE_SIGNS.sub("", raw)
        if len(digits) == 9 and digits[0] != "0" and digits.isdigit():
            return Repaired(_pairs("0" + digits), repairs.LEADING_ZERO)
        if len(digits) == 10 and digits.startswith("0"):
            return _pairs(digits)
        line = " ".join(raw.split())
        if not 3 <= len(digits) <= 15 or len(line) > 30:
            raise ValueError(f"« {line[:40]} » n’est pas un numéro de téléphone")
        return line

    return convert


def source(field: Field, context: Context) -> Converter:
    """The slug of a source that is described."""

    def convert(raw: str) -> str:
        if not is_known(raw.strip()):
            raise ValueError(f"la source « {raw.strip()[:60]} » n’est décrite nulle part")
        return raw.strip()

    return convert


def _pairs(digits: str) -> str:
    return " ".join(digits[i : i + 2] for i in range(0, 10, 2))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


FACTORIES: dict[str, Factory] = {
    "text": text,
    "paragraphs": paragraphs,
    "template": template,
    "joined": joined,
    "first-of": first_of,
    "first-url": first_url,
    "name": name,
    "establishment-name": establishment_name,
    "table": table,
    "refused": refused,
    "email": email,
    "url": url,
    "phone": phone,
    "source": source,
}
