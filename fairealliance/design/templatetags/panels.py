"""`{% panels "slot" subject %}`: what higher rooms have to show here."""

from django import template
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from fairealliance.design.panels import collect

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: RequestContext, slot: str, subject: object) -> SafeString:
    """Each registered panel, rendered by its own template."""
    request = context["request"]
    parts = (render_to_string(panel.template, panel.context, request) for panel in collect(slot, request, subject))
    return mark_safe("".join(parts))  # noqa: S308 -- each part comes from an autoescaping template
