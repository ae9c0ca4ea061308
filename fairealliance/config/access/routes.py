"""Every route of the product, as Django resolves it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import ResolverMatch, URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Route:
    """`name` is what `request.resolver_match.view_name` will be; several addresses may share one."""

    name: str
    path: str
    patterns: tuple[Any, ...]


def routes(urlconf: Any = None) -> list[Route]:
    """All of them, in the order they are tried. `urlconf`: the project's, unless another is given."""
    return list(_walk(get_resolver(urlconf), (), ()))


def _walk(resolver: URLResolver, spaces: tuple[str, ...], above: tuple[Any, ...]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        patterns = (*above, pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces, patterns)
        else:
            yield Route(_name(pattern, spaces), "/" + "".join(map(str, patterns)), patterns)


def _name(pattern: URLPattern, spaces: tuple[str, ...]) -> str:
    return ResolverMatch(pattern.callback, (), {}, pattern.name, namespaces=list(spaces)).view_name
