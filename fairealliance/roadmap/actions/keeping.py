"""Writing a part of a programme: its row, its edition and the journal, together."""

from datetime import date
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import mark_changed, record
from fairealliance.lib.text_fr import without_controls
from fairealliance.roadmap import editions
from fairealliance.roadmap.actions.refusals import Moved, Refused
from fairealliance.roadmap.models import Programme

AnyModel = TypeVar("AnyModel", bound=models.Model)
Outcome = str
CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
_BRIEF = 2000


def save_row(
    model: type[AnyModel],
    *,
    by: Actor,
    key: dict[str, Any],
    data: dict[str, Any],
    since: date | None = None,
    read_version: int | None = None,
) -> tuple[AnyModel, Outcome]:
    """Writes what differs, and nothing when nothing does.

    `since`: from when it could be read, the first time it is told (today when not said); a change holds from today.
    `read_version`: the edition that whoever writes had read (0 for none); Moved when there has been another since.
    """
    require_hub_editor(by)
    key, data = drawn(key), drawn(data)
    with transaction.atomic():
        held = model._default_manager.select_for_update(of=("self",)).filter(**key).first()
        _check_version(held, read_version)
        if held is None:
            if since and since > timezone.localdate():
                raise Refused(_("Rien ne peut être connu depuis une date à venir."))
            row = model._default_manager.create(**key, **data)
            _tell(by, row, CREATED, since=since)
            return row, CREATED
        before = {name: getattr(held, name) for name in data}
        differing = [name for name, value in data.items() if before[name] != value]
        if not differing:
            return held, UNCHANGED
        for name in differing:
            setattr(held, name, data[name])
        held.save(update_fields=differing)
        _tell(by, held, UPDATED, before={name: _brief(before[name]) for name in differing})
    return held, UPDATED


def drawn(data: dict[str, Any]) -> dict[str, Any]:
    """Without the signs that neither a document nor a workbook can hold."""
    return {name: without_controls(value) if isinstance(value, str) else value for name, value in data.items()}


def remove_row(*, by: Actor, row: models.Model, read_version: int | None = None) -> None:
    """Takes a part away from today on; earlier days keep it. Refused while something published stands on it."""
    require_hub_editor(by)
    with transaction.atomic():
        held = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
        if held is None:
            raise Moved(_("Quelqu’un d’autre l’a déjà retiré."))
        _check_version(held, read_version)
        _tell(by, held, "removed", before={name: _brief(told) for name, told in editions.content_of(held).items()})
        _take_away(held)


def _take_away(row: models.Model) -> None:
    """A figure with readings stays for them, and is followed no more."""
    if hasattr(row, "removed_on"):
        row.removed_on = timezone.localdate()
        row.save(update_fields=["removed_on"])
        return
    try:
        row.delete()
    except ProtectedError as error:
        raise Refused(_("Des mesures ou des bilans publiés en dépendent : on ne peut pas le retirer.")) from error


def _check_version(row: models.Model | None, read_version: int | None) -> None:
    if read_version is not None and editions.version_of(row) != read_version:
        raise Moved(_("Quelqu’un d’autre a modifié cette page pendant que vous écriviez."))


def _tell(
    by: Actor, row: models.Model, outcome: str, since: date | None = None, before: dict[str, Any] | None = None
) -> None:
    """The edition, the journal with what it said before, and the measures to be found anew in search."""
    kept = editions.keep(by=by, row=row, since=since, is_removed=outcome == "removed")
    programme = editions.programme_of(row)
    told = {"part": f"{kept.kind}:{row.pk}", "name": str(row)[:200], "edition": kept.number}
    detail = {**told, "before": before} if before is not None else told
    record(by=by, verb=f"{kept.kind}-{outcome}", subject=f"programme:{programme.slug}", detail=detail)
    touch(programme)


def _brief(value: Any) -> Any:
    text = value if value is None or isinstance(value, (bool, int)) else str(value)
    return text[:_BRIEF] if isinstance(text, str) else text


def touch(programme: Programme) -> None:
    """Its measures changed in search too. In a transaction."""
    mark_changed("measure", list(programme.measures.order_by("pk").values_list("pk", flat=True)))
