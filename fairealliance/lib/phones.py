"""French phone numbers as people write them in words, bounded so that a long word is read once."""

import re
import unicodedata
from collections.abc import Collection

_APART = r"[\s.,/_·•-]{0,3}"
PHONE = re.compile(
    rf"(?<!\d)(?!\d\d/\d\d/(?:19|20)\d\d\b)(?:(?:\+|00){_APART}33{_APART}(?:\(0\){_APART})?|\(?0\)?{_APART})[1-9](?:{_APART}\d){{8}}(?!\d)"
)
_NOT_DIGIT = re.compile(r"\D")


def bare(said: str) -> str:
    """The nine digits that tell one number from another: « +33 (0)6 12… » and « 06.12… » are the same."""
    return _NOT_DIGIT.sub("", unicodedata.normalize("NFKC", said))[-9:]


def numbers_in(text: str) -> set[str]:
    """Each as `bare` tells it."""
    return {bare(found.group()) for found in PHONE.finditer(text)}


def without(text: str, numbers: Collection[str], instead: str = "") -> str:
    """`text` with `instead` for each of `numbers`."""
    return PHONE.sub(lambda found: instead if bare(found.group()) in numbers else found.group(), text)
