"""Correcting one field of one thing by hand. The rooms' own actions call this, naming what may be corrected."""

from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.slugs import slug
from fairealliance.lib.web_address import completed, only_web
from fairealliance.provenance.kept import remember
from fairealliance.provenance.models import Sourced

T = TypeVar("T", bound=Sourced)
_NAMING = ("title", "name")


def as_text(thing: Sourced, field: str) -> str:
    """The field as people read and write it (« 21 000 € »); empty when it is not known."""
    value = getattr(thing, field)
    if isinstance(value, Decimal):  # money, the only thing with cents that we hold
        return f"{format_number(value, 0 if value == value.to_integral_value() else 2)}\u00a0€"
    return "" if value is None else str(value)


def correct_field(thing: T, *, by: Actor, kind: str, field: str, text: str) -> T:
    """Writes `text` in `field`, where imports leave it; tells the journal what stood there, and has search follow.

    Raises ValidationError with a French message when it is not what the field can hold.
    """
    require_hub_editor(by)
    with transaction.atomic():
        held = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
        before = as_text(held, field)
        setattr(held, field, _value(held, field, text))
        held.validate_constraints()
        changed = [field, "updated_at"]
        if field in _NAMING:
            held.slug = slug(text)  # type: ignore[attr-defined]
            changed.append("slug")
        held.save(update_fields=changed)
        remember(held, field)
        detail = {"field": field, "before": before, "after": as_text(held, field)}
        record(
            by=by, verb=f"{kind}-corrected", subject=f"{kind}:{held.pk}", detail=detail, changed=[(kind, str(held.pk))]
        )
    return held


def _value(thing: Sourced, name: str, text: str) -> Any:
    field = thing._meta.get_field(name)
    assert isinstance(field, models.Field)
    said = text.strip()
    if isinstance(field, models.DecimalField | models.IntegerField):
        said = "".join(said.split()).rstrip("€").replace(",", ".")
        if not said and field.null:
            return None
    if isinstance(field, models.URLField) and said:
        said = completed(said)
        only_web(said)
    if not said and not field.blank:
        raise ValidationError(field.error_messages["blank"])
    return field.clean(said, thing)


__all__ = ["as_text", "correct_field"]
