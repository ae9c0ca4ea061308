"""Cards of a sheet's lines, drawn once: the same tools and helpers stand on sheet after sheet."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from fairealliance.sheets.sheet import Line

register = template.Library()


@register.simple_tag
def line_card(line: Line, level: int) -> SafeString:
    """The card component for `line`, its title at heading `level`."""
    return _card(line, level)


# A line never changes: another title or another reason makes another line.
@lru_cache(maxsize=4096)
def _card(line: Line, level: int) -> SafeString:
    context = {
        "kind": line.kind,
        "level": level,
        "title": line.title,
        "href": line.url,
        "kicker": line.kicker,
        "summary": line.summary,
        "spheres": line.spheres,
        "goals": line.goals,
        "territory": line.place,
        "year": line.year,
        "source": line.source.label,
        "is_demo": line.is_demo,
        "reasons": line.reasons,
    }
    return render_to_string("design/components/card/card.html", context)
