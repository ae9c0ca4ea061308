"""Addresses inside messages, shown to the other side only once both said yes.

Every pattern is bounded and begins where a word does: a word as long as a message is read once, not once per letter.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

from fairealliance.lib.phones import PHONE

_AT = r"(?:\s?@\s?|\s?[(\[{]\s?(?:at|a|arobase|arobas)\s?[)\]}]\s?|\s(?:at|arobase|arobas)\s)"
_DOT = r"(?:\.|\s?[(\[{]\s?(?:dot|point|\.)\s?[)\]}]\s?|\s(?:dot|point)\s)"
_LABEL = r"[\w-]{1,63}"
_MAIL = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}{_AT}{_LABEL}(?:{_DOT}{_LABEL}){{1,6}}", re.IGNORECASE)
_LONG_MAIL = re.compile(rf"@{_LABEL}(?:\.{_LABEL}){{1,6}}", re.IGNORECASE)
_URL = re.compile(r"(?<![\w/])(?:[a-z]{2,10}://|www\.)[^\s<>«»\"]{1,2000}", re.IGNORECASE)
# Of those that are words of French too, or begin a sentence after a stop without a space, in small letters only.
_ENDS = "fr|com|org|net|eu|info|biz|io|app|dev|xyz|online|website|link|click|paris|bzh|corsica|ch|be|lu|uk|nl|pl|us|co"
_SMALL_ENDS = "de|es|it|me|ai|at|ca|re|se|sh|to|site|shop|store|club|live|space|tech"
_DOMAIN = re.compile(
    rf"(?<![\w.@-])(?:[\w-]{{1,63}}\.){{1,5}}(?:(?i:{_ENDS})|{_SMALL_ENDS})(?!\w|-|\.\w)(?:/[^\s<>«»\"]{{0,2000}})?"
)


def masked(text: str) -> str:
    """`text` less its mail addresses, its links and French phone numbers, however they are written.

    It is given as it was when it holds none of them.
    """
    plain = _plain(text)
    hidden = plain
    for pattern in (_URL, _MAIL, _LONG_MAIL, _DOMAIN):
        hidden = pattern.sub(_("[adresse montrée une fois la demande acceptée]"), hidden)
    hidden = PHONE.sub(_("[numéro montré une fois la demande acceptée]"), hidden)
    return text if hidden == plain else hidden


def _plain(text: str) -> str:
    """As it is read: wide letters and digits are plain ones, and what is not seen is not there."""
    told = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in told if sign in "\n\r\t" or unicodedata.category(sign) not in ("Cf", "Cc", "Mn"))
