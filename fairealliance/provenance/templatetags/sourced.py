"""What pages of sourced things share: safe addresses, readable identifiers, euros, text of several lines."""

import json
from decimal import Decimal
from urllib.parse import urlencode, urlsplit

from django import template
from django.utils.html import format_html, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

from fairealliance.lib.french_numbers import format_number

register = template.Library()

SEARCH = "/recherche/"  # promised to others in the issue; the search room stands above this one
NO_BREAK = "\u00a0"
_NOT_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def web_address(value: str) -> str:
    """The address when it leads to the web, else nothing: imports may hold `javascript:` or plain words."""
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return ""
    return value.strip() if parts.scheme in ("http", "https") and parts.netloc else ""


@register.filter
def web_host(value: str) -> str:
    """`https://www.lerameau.fr/odd-17` → `lerameau.fr`."""
    address = web_address(value)
    return urlsplit(address).netloc.rpartition("@")[2].removeprefix("www.") if address else ""


@register.filter
def grouped(digits: str) -> str:
    """A SIREN or SIRET as people read it: 200 078 004 00012."""
    return NO_BREAK.join(part for part in (digits[:3], digits[3:6], digits[6:9], digits[9:]) if part)


@register.filter
def euros(amount: Decimal | float | None) -> str:
    """`21 667 €`, with cents only when there are some; nothing for None."""
    if amount is None:
        return ""
    exact = Decimal(str(amount))
    return f"{format_number(exact, 0 if exact == exact.to_integral_value() else 2)}{NO_BREAK}€"


@register.filter
def prose(text: str) -> SafeString:
    """Text as it was written: escaped, its paragraphs kept, its addresses made links."""
    return SafeString(linebreaks(urlize(text, nofollow=True, autoescape=True)))


@register.simple_tag
def search_address(**criteria: str | int) -> str:
    """The page of search results for these criteria."""
    return f"{SEARCH}?{urlencode(criteria)}"


@register.simple_tag
def linked_data(data: dict[str, object] | None) -> SafeString:
    """schema.org facts for machines. Not a script: browsers never run it, whatever it holds."""
    if not data:
        return SafeString("")
    facts = {"@context": "https://schema.org", **data}
    text = mark_safe(json.dumps(facts, ensure_ascii=False).translate(_NOT_IN_SCRIPT))  # noqa: S308 -- no `<` is left
    return format_html('<script type="application/ld+json">{}</script>', text)
