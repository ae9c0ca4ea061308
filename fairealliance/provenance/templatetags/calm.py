"""Titles as they are read, whatever the capitals of their file."""

from django import template

from fairealliance.lib.titles import calm_title

register = template.Library()


@register.filter
def calm(title: str) -> str:
    """`RENOVATION DE LA MAIRIE` → `Renovation de la mairie`."""
    return calm_title(title)
