"""The sources rows come from: the mapping's own, or one the row names."""

import tomllib
from functools import cache
from pathlib import Path

from fairealliance.accounts.actors import Actor
from fairealliance.federation.mapping import Mapping
from fairealliance.provenance.actions import SourceData, save_source
from fairealliance.provenance.models import Source

STARTER = Path(__file__).parent / "starter"
_FIELDS = ("label", "producer", "url", "licence", "licence_url", "vintage")


@cache
def described() -> dict[str, SourceData]:
    """Sources the starter rows refer to."""
    data = tomllib.loads((STARTER / "sources.toml").read_text("utf-8"))
    found: dict[str, SourceData] = {}
    for slug, table in data.items():
        found[slug] = SourceData(slug=slug, is_demo=bool(table.get("demo")))
        for name in _FIELDS:
            found[slug][name] = str(table.get(name, ""))  # type: ignore[literal-required]  # names of SourceData
    return found


def is_known(slug: str) -> bool:
    """Whether rows may name this source."""
    return slug in described() or Source.objects.filter(slug=slug).exists()


class Sources:
    """Makes them when first needed, inside the transaction of the batch that needs them."""

    def __init__(self, by: Actor, mapping: Mapping) -> None:
        self._by = by
        self._mapping = mapping
        self._known: dict[str, Source] = {}

    def get(self, slug: str | None = None) -> Source:
        """Raises KeyError for a slug that nothing describes."""
        name = slug or self._mapping.source["slug"]
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, slug: str) -> Source:
        if slug == self._mapping.source["slug"]:
            return save_source(by=self._by, **self._mapping.source)[0]
        if slug in described():
            return save_source(by=self._by, **described()[slug])[0]
        source = Source.objects.filter(slug=slug).first()
        if source is None:
            raise KeyError(slug)
        return source

    def forget(self) -> None:
        """After a rollback, what was made is gone."""
        self._known.clear()
