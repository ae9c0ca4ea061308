"""Measures: their wording edition by edition, who carries them, what they are linked to."""

from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, Unpack, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.lib.dates_fr import in_words
from fairealliance.organisations.models import Organisation
from fairealliance.roadmap.actions.keeping import CREATED, UNCHANGED, UPDATED, Outcome, drawn, remove_row, save_row
from fairealliance.roadmap.actions.refusals import Moved, Refused
from fairealliance.roadmap.models import (
    Correspondent,
    Dimension,
    Facilitator,
    Indicator,
    Measure,
    MeasureEdition,
    MeasureTerritory,
    Programme,
    Workstream,
)
from fairealliance.roadmap.models.measures import WORDING


class MeasureData(TypedDict, total=False):
    """What a measure says; `title` and `dimension` are needed the first time."""

    title: str
    objective: str
    ways: str
    expected: str
    delay_min: int | None
    delay_max: int | None
    dimension: Dimension
    workstream: Workstream | None


def save_measure(
    *,
    by: Actor,
    programme: Programme,
    number: int,
    started_on: date | None = None,
    since: date | None = None,
    reason: str = "",
    read_edition: int | None = None,
    **data: Unpack[MeasureData],
) -> tuple[Measure, Outcome]:
    """Makes a measure, or words it anew: from `since` on (today when not said), for `reason`.

    `started_on`: when it begins, its programme's start when not said. `read_edition`: the edition that whoever writes
    had read; Moved when there has been another since.
    """
    require_hub_editor(by)
    data = cast(MeasureData, drawn(dict(data)))
    _check_delay(data)
    if started_on and started_on < programme.started_on:
        raise Refused(_("La mesure %d commence avant son programme.") % number)
    with transaction.atomic():
        held = Measure.objects.select_for_update(of=("self",)).filter(programme=programme, number=number).first()
        if held is None:
            return _make(by, programme, number, started_on or programme.started_on, since, data), CREATED
        if read_edition is not None and held.edition != read_edition:
            raise Moved(_("Quelqu’un d’autre a modifié cette mesure pendant que vous écriviez."))
        told = {**data, "started_on": started_on or held.started_on}
        if all(getattr(held, name) == value for name, value in told.items()):
            return held, UNCHANGED
        _check_start(held, told["started_on"])
        _word_anew(by, held, since or timezone.localdate(), reason, told)
    return held, UPDATED


def _check_start(measure: Measure, started_on: Any) -> None:
    first = measure.reports.first()
    if first and first.dated_on < started_on:
        raise Refused(_("Un bilan de cette mesure est daté d’avant, du %s.") % in_words(first.dated_on))


def _check_delay(data: MeasureData) -> None:
    low, high = data.get("delay_min"), data.get("delay_max")
    if low is not None and high is not None and high < low:
        raise Refused(_("Le délai finit avant de commencer : %(low)d à %(high)d mois.") % {"low": low, "high": high})


def _make(
    by: Actor, programme: Programme, number: int, started_on: date, since: date | None, data: MeasureData
) -> Measure:
    if since and since > timezone.localdate():
        raise Refused(_("Rien ne peut être connu depuis une date à venir."))
    measure = Measure.objects.create(programme=programme, number=number, started_on=started_on, **data)
    _keep_edition(measure, since or timezone.localdate(), "")
    _tell(by, measure, "measure-created")
    return measure


def _word_anew(by: Actor, measure: Measure, since: date, reason: str, data: dict[str, Any]) -> None:
    last = measure.editions.last()
    assert last is not None
    if not reason.strip():
        raise Refused(_("Dites pourquoi la mesure change : l’ancienne rédaction reste lisible à sa date."))
    if since < last.since:
        told = _("La mesure a déjà changé le %s : une nouvelle rédaction ne peut pas être plus ancienne.")
        raise Refused(told % in_words(last.since))
    for name, value in data.items():
        setattr(measure, name, value)
    measure.edition += 1
    measure.save()
    _keep_edition(measure, since, reason)
    _tell(by, measure, "measure-worded-anew", {"edition": measure.edition, "reason": reason[:300]})


def _keep_edition(measure: Measure, since: date, reason: str) -> None:
    MeasureEdition.objects.create(
        measure=measure,
        number=measure.edition,
        since=since,
        wording={name: getattr(measure, name) for name in WORDING} | {"started_on": measure.started_on.isoformat()},
        dimension=measure.dimension.number,
        workstream=measure.workstream.number if measure.workstream else None,
        reason=reason,
    )


def save_facilitator(
    *,
    by: Actor,
    measure: Measure,
    name: str,
    organisation: Organisation | None = None,
    since: date | None = None,
    until: date | None = None,
    told_since: date | None = None,
    row: Facilitator | None = None,
    read_version: int | None = None,
) -> Outcome:
    """Who carries the measure: `row`, else the one of that name.

    `since`, `until`: while they do; `told_since`: from when it could be read here.
    """
    told: dict[str, Any] = {"since": told_since, "read_version": read_version}
    data = {"organisation": organisation, "since": since, "until": until}
    if since and until and until < since:
        raise Refused(_("La date de fin est avant la date de début."))
    if row is None:
        return save_row(Facilitator, by=by, key={"measure": measure, "name": name}, data=data, **told)[1]
    if measure.facilitators.filter(name=name).exclude(pk=row.pk).exists():
        raise Refused(_("Ce facilitateur est déjà dans la liste."))
    return save_row(Facilitator, by=by, key={"pk": row.pk}, data={"name": name, **data}, **told)[1]


def save_indicator(
    *,
    by: Actor,
    measure: Measure,
    code: str,
    told_since: date | None = None,
    read_version: int | None = None,
    **data: Any,
) -> Outcome:
    """A figure the measure wants to move; one that was taken away comes back."""
    key = {"measure": measure, "code": code}
    data = {name: _rounded(value) for name, value in data.items()} | {"removed_on": None}
    return save_row(Indicator, by=by, key=key, data=data, since=told_since, read_version=read_version)[1]


def _rounded(value: Any) -> Any:
    """As the database keeps it."""
    return value.quantize(Decimal("0.0001")) if isinstance(value, Decimal) else value


def remove_facilitator(*, by: Actor, facilitator: Facilitator, read_version: int | None = None) -> None:
    """Entered by mistake. One who carries the measure no more has an end date instead."""
    remove_row(by=by, row=facilitator, read_version=read_version)


def remove_indicator(*, by: Actor, indicator: Indicator, read_version: int | None = None) -> None:
    """From today on it is followed no more; what was read of it stays."""
    remove_row(by=by, row=indicator, read_version=read_version)


def link(*, by: Actor, measure: Measure, kind: str, key: int | str) -> Outcome:
    """Ties a measure to a practice, a resource, a territory (their id) or a study (its slug)."""
    require_hub_editor(by)
    with transaction.atomic():
        if not _tie(measure, kind, key):
            return UNCHANGED
        _tell(by, measure, "measure-linked", {"kind": kind, "key": str(key)})
    return CREATED


def _tie(measure: Measure, kind: str, key: int | str) -> bool:
    """Whether it was not tied before."""
    if kind == "study":
        if key in measure.studies:
            return False
        measure.studies = [*measure.studies, key]
        measure.save(update_fields=["studies"])
        return True
    if kind == "territory":
        return MeasureTerritory.objects.get_or_create(measure=measure, territory_id=key)[1]
    tied: Any = measure.practices if kind == "practice" else measure.resources
    if tied.filter(pk=key).exists():
        return False
    tied.add(key)
    return True


def unlink(*, by: Actor, measure: Measure, kind: str, key: int | str) -> Outcome:
    """Undoes `link`."""
    require_hub_editor(by)
    with transaction.atomic():
        if not _untie(Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk), kind, key):
            return UNCHANGED
        _tell(by, measure, "measure-unlinked", {"kind": kind, "key": str(key)})
    return UPDATED


def _untie(measure: Measure, kind: str, key: int | str) -> bool:
    """Whether it was tied before."""
    if kind == "study":
        if key not in measure.studies:
            return False
        measure.studies = [slug for slug in measure.studies if slug != key]
        measure.save(update_fields=["studies"])
        return True
    if kind == "territory":
        return bool(MeasureTerritory.objects.filter(measure=measure, territory_id=key).delete()[0])
    tied: Any = measure.practices if kind == "practice" else measure.resources
    if not tied.filter(pk=key).exists():
        return False
    tied.remove(key)
    return True


def add_correspondent(*, by: Actor, measure: Measure, user: User) -> Outcome:
    """Lets a person report on the measure, and on nothing else."""
    require_hub_editor(by)
    with transaction.atomic():
        if not Correspondent.objects.get_or_create(measure=measure, user=user)[1]:
            return UNCHANGED
        _tell(by, measure, "correspondent-added", {"user": user.pk})
    return CREATED


def remove_correspondent(*, by: Actor, measure: Measure, user: User) -> Outcome:
    """The account stays, and what it wrote."""
    require_hub_editor(by)
    with transaction.atomic():
        if not Correspondent.objects.filter(measure=measure, user=user).delete()[0]:
            return UNCHANGED
        _tell(by, measure, "correspondent-removed", {"user": user.pk})
    return UPDATED


def _tell(by: Actor, measure: Measure, verb: str, detail: dict[str, Any] | None = None) -> None:
    changed = [("measure", str(measure.pk))]
    record(by=by, verb=verb, subject=f"measure:{measure.pk}", detail=detail, changed=changed)
