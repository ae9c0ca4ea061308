"""Addresses inside messages, shown to the other side only once both said yes."""

import re

from django.utils.translation import gettext as _

_MAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\]| arobase )\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\d)(?:(?:\+|00)33\s?(?:\(0\))?|0)[\s.-]?[1-9](?:[\s.-]?\d{2}){4}(?!\d)")


def masked(text: str) -> str:
    """`text` less its mail addresses and French phone numbers."""
    instead = _("[adresse montrée une fois la demande acceptée]")
    return _PHONE.sub(instead, _MAIL.sub(instead, text))
