"""Panels: how a page of a lower room shows something of a higher one without importing it.

The higher room registers a provider in its AppConfig.ready; the page names the slot:
`{% load panels %}{% panels "territory" territory %}`.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Panel:
    """A template and what it shows."""

    template: str
    context: dict[str, Any]


Provider = Callable[[HttpRequest, Any], Panel | None]
_providers: dict[str, list[tuple[int, Provider]]] = defaultdict(list)


def register(slot: str, provider: Provider, *, order: int = 50) -> None:
    """Show what `provider` gives wherever a page opens `slot`, low orders first."""
    if all(known is not provider for _, known in _providers[slot]):
        _providers[slot].append((order, provider))
        _providers[slot].sort(key=lambda entry: entry[0])


def collect(slot: str, request: HttpRequest, subject: object) -> list[Panel]:
    """The panels to show in `slot` about `subject`."""
    found = (provider(request, subject) for _, provider in _providers[slot])
    return [panel for panel in found if panel is not None]
