"""Programmes and what they are made of. `since`, `read_version`: as `keeping.save_row` says."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.lib.dates_fr import in_words
from fairealliance.roadmap.actions.keeping import CREATED, UNCHANGED, UPDATED, Outcome, remove_row, save_row, touch
from fairealliance.roadmap.actions.refusals import Refused
from fairealliance.roadmap.models import (
    ChangeForce,
    Dimension,
    Illustration,
    Lever,
    Programme,
    Statement,
    Workstream,
    WorkstreamReport,
)

__all__ = ["CREATED", "UNCHANGED", "UPDATED", "Outcome", "touch"]
Removable = Dimension | Workstream | ChangeForce | Lever | Illustration | Statement


def save_programme(*, by: Actor, slug: str, **data: Any) -> tuple[Programme, Outcome]:
    """Makes or alters the programme `slug`. The first of all is the site's own."""
    require_hub_editor(by)
    if (first := data.get("started_on")) and (last := data.get("ended_on")) and last < first:
        raise Refused(_("Le programme ne peut pas finir avant d’avoir commencé."))
    with transaction.atomic():
        _check_start(slug, data.get("started_on"))
        if not Programme.objects.exists():
            data = {"is_default": True, **data}
        told = {name: data.pop(name) for name in ("since", "read_version") if name in data}
        return save_row(Programme, by=by, key={"slug": slug}, data=data, **told)


def _check_start(slug: str, started_on: date | None) -> None:
    """What it holds did not begin, and was not reported, before it: those days would be read no more."""
    held = Programme.objects.select_for_update().filter(slug=slug).first()
    if held is None or started_on is None or started_on <= held.started_on:
        return
    first = (
        held.measures.aggregate(day=Min("started_on"))["day"],
        held.progress_reports.aggregate(day=Min("dated_on"))["day"],
        WorkstreamReport.objects.filter(workstream__programme=held).aggregate(day=Min("dated_on"))["day"],
    )
    earliest = min(filter(None, first), default=None)
    if earliest and earliest < started_on:
        told = _("Une mesure ou un bilan de ce programme date d’avant, du %s.")
        raise Refused(told % in_words(earliest))


def note_file(*, by: Actor, programme: Programme, digest: str) -> None:
    """Which file the programme was last loaded from."""
    require_hub_editor(by)
    with transaction.atomic():
        Programme.objects.filter(pk=programme.pk).update(digest=digest)
        record(by=by, verb="programme-loaded", subject=f"programme:{programme.slug}", detail={"digest": digest})


def save_dimension(*, by: Actor, programme: Programme, number: int, **data: Any) -> tuple[Dimension, Outcome]:
    """A family of measures; `delay_min` and `delay_max` in months."""
    low, high = data.get("delay_min"), data.get("delay_max")
    if low is not None and high is not None and high < low:
        raise Refused(_("Le délai finit avant de commencer : %(low)d à %(high)d mois.") % {"low": low, "high": high})
    return _save(Dimension, by, {"programme": programme, "number": number}, data)


def save_workstream(*, by: Actor, programme: Programme, number: int, **data: Any) -> tuple[Workstream, Outcome]:
    return _save(Workstream, by, {"programme": programme, "number": number}, data)


def save_force(*, by: Actor, programme: Programme, number: int, **data: Any) -> tuple[ChangeForce, Outcome]:
    return _save(ChangeForce, by, {"programme": programme, "number": number}, data)


def save_lever(*, by: Actor, programme: Programme, number: int, **data: Any) -> tuple[Lever, Outcome]:
    return _save(Lever, by, {"programme": programme, "number": number}, data)


def save_illustration(
    *,
    by: Actor,
    subject: ChangeForce | Lever,
    label: str,
    url: str = "",
    since: date | None = None,
    told_since: date | None = None,
    row: Illustration | None = None,
    read_version: int | None = None,
) -> tuple[Illustration, Outcome]:
    """What shows that a force is at work or a lever engaged: `row`, else the one of that label.

    `since`: from when it showed it; `told_since`: from when it could be read here.
    """
    name = "force" if isinstance(subject, ChangeForce) else "lever"
    told: dict[str, Any] = {"since": told_since, "read_version": read_version}
    if row is None:
        return save_row(
            Illustration, by=by, key={name: subject, "label": label}, data={"url": url, "since": since}, **told
        )
    if Illustration.objects.filter(**{name: subject, "label": label}).exclude(pk=row.pk).exists():
        raise Refused(_("Une autre illustration porte déjà ces mots."))
    data = {"label": label, "url": url, "since": since}
    return save_row(Illustration, by=by, key={"pk": row.pk}, data=data, **told)


def save_statement(*, by: Actor, programme: Programme, code: str, **data: Any) -> tuple[Statement, Outcome]:
    """What a source said of the whole programme."""
    return _save(Statement, by, {"programme": programme, "code": code}, data)


def remove_part(*, by: Actor, part: Removable, read_version: int | None = None) -> None:
    """Takes it away from today on, with what illustrates it."""
    require_hub_editor(by)
    with transaction.atomic():
        if isinstance(part, ChangeForce | Lever):
            for each in part.illustrations.all():
                remove_row(by=by, row=each)
        remove_row(by=by, row=part, read_version=read_version)


def _save(model: Any, by: Actor, key: dict[str, Any], data: dict[str, Any]) -> tuple[Any, Outcome]:
    told = {name: data.pop(name) for name in ("since", "read_version") if name in data}
    return save_row(model, by=by, key=key, data=data, **told)
