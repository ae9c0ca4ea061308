"""Words for addresses, fast enough for a million titles."""

import unicodedata

LONGEST = 100
# Every byte that is not a letter or a digit becomes a space; capitals become small letters.
_TABLE = bytes(
    code
    if chr(code).isalnum() and code < 128 and not chr(code).isupper()
    else ord(chr(code).lower())
    if 65 <= code <= 90
    else 32
    for code in range(256)
)
_SPELT = (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"), ("’", " "), ("–", " "), ("—", " "))


def slug(text: str) -> str:
    """`L’École d’Écully` → `l-ecole-d-ecully`. Empty when there is no letter or digit."""
    if not text.isascii():
        for sign, letters in _SPELT:
            text = text.replace(sign, letters)
        text = unicodedata.normalize("NFKD", text)
    words = b"-".join(text.encode("ascii", "ignore").translate(_TABLE).split())
    return words[:LONGEST].decode().strip("-")
