"""What converters need to know of what we already hold. Loaded when first asked for, once per import."""

from functools import cached_property
from typing import NamedTuple

from fairealliance.organisations.models import Organisation
from fairealliance.resources.models import Resource
from fairealliance.territories.enums import Level
from fairealliance.territories.lookup import CodeBook
from fairealliance.territories.models import Edition, Territory


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

    @cached_property
    def book(self) -> CodeBook:
        return CodeBook.load()

    @cached_property
    def edition(self) -> str:
        """Changes when territories do: the same row may then lead elsewhere."""
        return "/".join(Edition.objects.order_by("name").exclude(name="figures").values_list("digest", flat=True))

    @cached_property
    def public_bodies(self) -> dict[str, PublicBody]:
        rows = Territory.objects.filter(level__in=[Level.COMMUNE, Level.EPCI]).exclude(siren="").order_by("pk")
        return {
            siren: PublicBody(pk, level, name)
            for siren, pk, level, name in rows.values_list("siren", "pk", "level", "name").iterator(chunk_size=5000)
        }

    def organisation(self, source_slug: str, key: str) -> int | None:
        """The organisation known by `key` in that source, or by that SIREN."""
        organisations = Organisation.objects.order_by("pk").values_list("pk", flat=True)
        own = organisations.filter(source__slug=source_slug, source_key=key).first()
        return own or organisations.filter(siren=key).first()

    def resource(self, source_slug: str, key: str) -> int | None:
        found = Resource.objects.filter(source_key=key).order_by("pk").values_list("pk", "source__slug")
        return next((pk for pk, slug in sorted(found, key=lambda row: row[1] != source_slug)), None)
