"""What the pages of accounts draw."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from fairealliance.accounts import passkeys

register = template.Library()


@register.simple_tag(takes_context=True)
def passkeys_here(context: template.Context) -> passkeys.Passkeys:
    """Whether the address of this page allows them, and where else to go."""
    request: Any = context["request"]
    return passkeys.at(request)


@register.filter
def svg(drawing: str) -> SafeString:
    """A drawing made by us, set in the page: our policy lets no image come from a `data:` address."""
    return mark_safe(drawing[drawing.index("<svg") :])  # noqa: S308 -- drawn by our own code from a secret of ours
