"""What can be corrected: a practice, an organisation, a resource; one field of it, or anything else in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.organisations import actions as organisations
from fairealliance.organisations.models import Organisation
from fairealliance.practices import actions as practices
from fairealliance.practices.models import Practice
from fairealliance.provenance.corrections import as_text
from fairealliance.resources import actions as resources
from fairealliance.resources.models import Resource

ELSE = "autre"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page, what may be corrected in it, and how it is written."""

    model: type[models.Model]
    fields: tuple[str, ...]
    write: Callable[..., Any]


KINDS: dict[str, Kind] = {
    "practice": Kind(Practice, practices.CORRECTABLE, practices.correct),
    "organisation": Kind(Organisation, organisations.CORRECTABLE, organisations.correct),
    "resource": Kind(Resource, resources.CORRECTABLE, resources.correct),
}


@dataclass(frozen=True)
class Subject:
    """A thing as it stands now."""

    kind: str
    thing: Any

    @property
    def ref(self) -> str:
        return f"{self.kind}:{self.thing.pk}"

    @property
    def address(self) -> str:
        return str(self.thing.get_absolute_url())

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Fields as people call them; anything else comes last."""
        named = [(name, capfirst(str(self.thing._meta.get_field(name).verbose_name))) for name in self.fields]
        return [*named, (ELSE, _("Autre chose (lieux, partenaires, thèmes, la page entière…)"))]

    @property
    def fields(self) -> tuple[str, ...]:
        return KINDS[self.kind].fields

    def label_of(self, field: str) -> str:
        return dict(self.choices).get(field, field)

    def text_of(self, field: str) -> str:
        """What it says there now, as people read it."""
        return as_text(self.thing, field) if field in self.fields else ""

    def write(self, *, by: Actor, field: str, text: str) -> None:
        """Through the room's own action. Raises ValidationError."""
        KINDS[self.kind].write(by=by, field=field, text=text, **{self.kind: self.thing})


def find(ref: str) -> Subject | None:
    """`practice:12`. None for anything we do not hold."""
    kind, _separator, number = ref.partition(":")
    if kind not in KINDS or not number.isascii() or not number.isdecimal() or len(number) > 15:
        return None
    thing = KINDS[kind].model._default_manager.filter(pk=int(number)).first()
    return None if thing is None else Subject(kind, thing)
