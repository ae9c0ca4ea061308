"""What converters need to know of what we already hold. Loaded when first asked for, once per import."""

from functools import cached_property
from typing import NamedTuple

from fairealliance.lib.tabular import Unreadable
from fairealliance.organisations.models import Organisation
from fairealliance.provenance.models import Sourced
from fairealliance.resources.models import Resource
from fairealliance.territories.enums import Level
from fairealliance.territories.lookup import CodeBook
from fairealliance.territories.models import Territory


class PublicBody(NamedTuple):
    """A commune or intercommunality, known by its SIREN."""

    territory_id: int
    level: str
    name: str

    @property
    def full_name(self) -> str:
        """`Chevry (commune)`; an intercommunality's own name says what it is."""
        return f"{self.name} (commune)" if self.level == Level.COMMUNE else self.name


class Context:
    """Shared by the converters of one import."""

    def __init__(self, book: CodeBook | None = None) -> None:
        if book is not None:
            self.book = book
        self._organisations: dict[tuple[str, str], int | None] = {}
        self._resources: dict[tuple[str, str], int | None] = {}

    @cached_property
    def book(self) -> CodeBook:
        book = CodeBook.load()
        if not book.places:
            raise Unreadable("Les territoires ne sont pas encore chargés : lancez d’abord « fairealliance prepare ».")
        return book

    @cached_property
    def public_bodies(self) -> dict[str, PublicBody]:
        rows = Territory.objects.filter(level__in=[Level.COMMUNE, Level.EPCI]).exclude(siren="").order_by("pk")
        return {
            siren: PublicBody(pk, level, name)
            for siren, pk, level, name in rows.values_list("siren", "pk", "level", "name").iterator(chunk_size=5000)
        }

    def organisation(self, source_slug: str, key: str) -> int | None:
        """The organisation known by that SIREN, or by `key`: in that source, else in the only source that has it."""
        if (source_slug, key) not in self._organisations:
            by_siren = Organisation.objects.filter(siren=key).order_by("pk").values_list("pk", flat=True).first()
            self._organisations[source_slug, key] = by_siren or self._by_key(Organisation, source_slug, key)
        return self._organisations[source_slug, key]

    def resource(self, source_slug: str, key: str) -> int | None:
        """Likewise for a resource."""
        if (source_slug, key) not in self._resources:
            self._resources[source_slug, key] = self._by_key(Resource, source_slug, key)
        return self._resources[source_slug, key]

    @staticmethod
    def _by_key(model: type[Sourced], source_slug: str, key: str) -> int | None:
        found = dict(model._default_manager.filter(source_key=key).order_by("pk").values_list("source__slug", "pk"))
        return found.get(source_slug) or (next(iter(found.values())) if len(found) == 1 else None)
