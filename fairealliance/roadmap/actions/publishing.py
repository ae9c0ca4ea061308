"""Publishing: rows that are added and never altered.

`issued_on`: the day it was made public. Today, unless a source tells an earlier one (history that is loaded).
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.lib.dates_fr import in_words
from fairealliance.lib.text_fr import without_controls
from fairealliance.roadmap.actions.keeping import drawn, touch
from fairealliance.roadmap.actions.refusals import Refused
from fairealliance.roadmap.enums import TOLD
from fairealliance.roadmap.models import (
    Measure,
    MeasureReport,
    Programme,
    ProgressReport,
    Reading,
    Workstream,
    WorkstreamReport,
)
from fairealliance.roadmap.models.reports import Dated
from fairealliance.roadmap.progress import issued

AnyReport = TypeVar("AnyReport", bound=Dated)


def publish_measure_report(
    *,
    by: Actor,
    measure: Measure,
    dated_on: date,
    text: str,
    result: str = "",
    next_steps: str = "",
    author: str = "",
    reason: str = "",
    issued_on: date | None = None,
    readings: Mapping[str, Decimal] | None = None,
) -> MeasureReport:
    """A report of a measure; with a `reason`, the correction of the one already published for that date."""
    require_hub_editor(by)
    if dated_on < measure.started_on:
        began = in_words(measure.started_on)
        raise Refused(_("Le bilan est daté d’avant le début de la mesure (%s).") % began)
    if result and result not in [each.value for each in TOLD]:
        raise Refused(_("« %s » n’est pas un résultat connu.") % result[:60])
    with transaction.atomic():
        fields = {"result": result, "next_steps": next_steps, "author": author}
        key = {"measure": measure}
        report = _publish(MeasureReport, key, dated_on, text, reason, issued_on, fields)
        _keep_readings(report, measure, readings or {})
        told = {"dated_on": dated_on.isoformat(), "version": report.version}
        changed = [("measure", str(measure.pk))]
        record(by=by, verb="report-published", subject=f"measure:{measure.pk}", detail=told, changed=changed)
    return report


def _keep_readings(report: MeasureReport, measure: Measure, readings: Mapping[str, Decimal]) -> None:
    known = {each.code: each for each in measure.indicators.filter(removed_on=None)} if readings else {}
    if unknown := sorted(set(readings) - set(known)):
        raise Refused(_("La mesure n’a pas d’indicateur « %s ».") % unknown[0])
    Reading.objects.bulk_create(
        Reading(report=report, indicator=known[code], value=value) for code, value in sorted(readings.items())
    )


def publish_workstream_report(
    *, by: Actor, workstream: Workstream, dated_on: date, text: str, reason: str = "", issued_on: date | None = None
) -> WorkstreamReport:
    """How a workstream stood; with a `reason`, a correction."""
    require_hub_editor(by)
    programme = workstream.programme
    _refuse_before(programme, dated_on)
    with transaction.atomic():
        report = _publish(WorkstreamReport, {"workstream": workstream}, dated_on, text, reason, issued_on, {})
        told = {"workstream": workstream.number, "dated_on": dated_on.isoformat(), "version": report.version}
        record(by=by, verb="workstream-report-published", subject=f"programme:{programme.slug}", detail=told)
    return report


def issue_progress_report(
    *,
    by: Actor,
    programme: Programme,
    dated_on: date,
    title: str,
    text: str,
    reason: str = "",
    issued_on: date | None = None,
) -> ProgressReport:
    """The progress report at a date: `text` is its introduction. With a `reason`, a correction.

    All it says is kept with it, as it is known the day it is issued: nothing that comes later alters it.
    """
    require_hub_editor(by)
    _refuse_before(programme, dated_on)
    with transaction.atomic():
        intended = ProgressReport(
            programme=programme,
            dated_on=dated_on,
            issued_on=issued_on or timezone.localdate(),
            title=without_controls(title),
            text=without_controls(text),
        )
        key, fields = {"programme": programme}, {"title": title, "content": issued.content_of(intended)}
        report = _publish(ProgressReport, key, dated_on, text, reason, issued_on, fields)
        told = {"dated_on": dated_on.isoformat(), "version": report.version}
        record(by=by, verb="progress-report-issued", subject=f"programme:{programme.slug}", detail=told)
        touch(programme)
    return report


def _refuse_before(programme: Programme, dated_on: date) -> None:
    if dated_on < programme.started_on:
        began = in_words(programme.started_on)
        raise Refused(_("Cette date est avant le début du programme (%s).") % began)


def _publish(
    model: type[AnyReport],
    key: dict[str, Any],
    dated_on: date,
    text: str,
    reason: str,
    issued_on: date | None,
    fields: dict[str, Any],
) -> AnyReport:
    """The next version for that date: the first without a reason, the others with one."""
    today = timezone.localdate()
    if dated_on > today:
        raise Refused(_("Un bilan ne peut pas être daté de l’avenir."))
    if not text.strip():
        raise Refused(_("Le texte du bilan est vide."))
    for owner in key.values():  # one at a time: whoever comes second reads what the first wrote
        type(owner)._default_manager.select_for_update(of=("self",)).get(pk=owner.pk)
    last = model._default_manager.filter(**key, dated_on=dated_on).order_by("version").last()
    if last is None and reason:
        raise Refused(_("Il n’y a pas de bilan publié au %s à corriger.") % in_words(dated_on))
    if last is not None and not reason.strip():
        told = _("Un bilan est déjà publié au %s. Pour le corriger, dites pourquoi : ce sera une nouvelle version.")
        raise Refused(told % in_words(dated_on))
    text, reason, fields = without_controls(text), without_controls(reason), drawn(fields)
    day = issued_on or today
    if day > today or day < dated_on:
        raise Refused(_("Un bilan ne peut être rendu public ni avant la date dont il parle, ni dans l’avenir."))
    if last is not None and day < last.issued_on:
        raise Refused(_("Une correction ne peut pas être plus ancienne que ce qu’elle corrige."))
    version = 1 if last is None else last.version + 1
    made = {"version": version, "issued_on": day, "text": text, "reason": reason, **fields}
    return model._default_manager.create(**key, dated_on=dated_on, **made)
