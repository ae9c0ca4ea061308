"""Titles as they are read, whatever the capitals and the length of their file."""

from django import template

from fairealliance.lib.text_fr import shorten
from fairealliance.lib.titles import calm_title

register = template.Library()

ON_A_CARD = 140
_BIG, _LONG = 60, 140


@register.filter
def calm(title: str) -> str:
    """`RENOVATION DE LA MAIRIE` → `Renovation de la mairie`, cut where a card would overflow."""
    return shorten(calm_title(title), ON_A_CARD)


@register.filter
def title_size(title: str) -> str:
    """The class of a page's title: files hold some of 460 characters."""
    if len(title) <= _BIG:
        return "title-short"
    return "title-long" if len(title) <= _LONG else "title-long title-endless"
