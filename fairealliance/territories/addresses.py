"""Addresses of territories known by their reference and name only: nothing is read."""

from django.urls import reverse

from fairealliance.lib.slugs import slug


def address_of(ref: str, name: str) -> str:
    """The page of the territory of today `ref` (`level:code`), called `name`; no redirection follows."""
    return reverse("territories:detail", args=[*ref.split(":"), slug(name)])
