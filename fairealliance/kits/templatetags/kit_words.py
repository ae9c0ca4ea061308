"""Figures of the kit as the component `figures` takes them."""

from collections.abc import Iterable
from typing import Any

from django import template

from fairealliance.sheets.sheet import Figure

register = template.Library()


@register.simple_tag
def figure_rows(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Rows of the component `figures`."""
    return [
        {
            "label": figure.label,
            "value": figure.number,
            "text": figure.text,
            "unit": figure.unit,
            "decimals": figure.decimals,
            "state": figure.state,
            "source": figure.source.label,
            "vintage": figure.source.vintage,
            "place": figure.place,
        }
        for figure in figures
    ]
