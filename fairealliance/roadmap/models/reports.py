"""Dated reports. Append-only: `immutable.py` has the database itself refuse any change of what was published.

A report tells how things stood on `dated_on`. `issued_on` is the day it was made public, told by its source when it
is history; `recorded_at` is when it came here. A correction is another version of the same report. Whoever reads a
past day as it was known then reads what was public that day, and nothing that came later.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fairealliance.roadmap.enums import TOLD
from fairealliance.roadmap.models.measures import Indicator, Measure
from fairealliance.roadmap.models.programmes import Programme, Workstream


class Dated(models.Model):
    """One version of what was reported at a date."""

    dated_on = models.DateField(_("situation au"))
    version = models.PositiveSmallIntegerField(default=1)
    issued_on = models.DateField(_("rendu public le"))
    text = models.TextField(_("bilan"))
    reason = models.TextField(_("motif de la correction"), blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["dated_on", "version"]

    def __str__(self) -> str:
        return f"{self.dated_on:%Y-%m-%d} v{self.version}"

    @property
    def is_correction(self) -> bool:
        return self.version > 1


def _rules(name: str, subject: str) -> list[models.BaseConstraint]:
    """Once per version; a correction says why; nothing is public before the day it tells of."""
    return [
        models.UniqueConstraint(fields=[subject, "dated_on", "version"], name=f"roadmap_{name}_once"),
        models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name=f"roadmap_{name}_says_why"),
        models.CheckConstraint(condition=Q(issued_on__gte=F("dated_on")), name=f"roadmap_{name}_told_after"),
    ]


class MeasureReport(Dated):
    """How a measure stood."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="reports")
    # Empty when the report does not qualify the result.
    result = models.CharField(_("résultat"), max_length=12, choices=[(r.value, r.label) for r in TOLD], blank=True)
    next_steps = models.TextField(_("pour aller plus loin"), blank=True)
    author = models.CharField(_("rapporté par"), max_length=200, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *_rules("report", "measure"),
            models.CheckConstraint(
                condition=Q(result="") | Q(result__in=[each.value for each in TOLD]), name="roadmap_report_result_known"
            ),
        ]


class Reading(models.Model):
    """What an indicator showed, in a report."""

    report = models.ForeignKey(MeasureReport, models.PROTECT, related_name="readings")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="readings")
    value = models.DecimalField(max_digits=16, decimal_places=4)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["report", "indicator"], name="roadmap_reading_once")]

    def __str__(self) -> str:
        return str(self.value)


class WorkstreamReport(Dated):
    """How a workstream stood."""

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="reports")

    class Meta(Dated.Meta):
        constraints = _rules("workstream_report", "workstream")


class ProgressReport(Dated):
    """The progress report as issued: its title, its introduction, and all it said that day (`progress.issued`)."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="progress_reports")
    title = models.CharField(_("titre"), max_length=250)
    # The whole report as it was the day it was issued. Empty: issued before we kept it.
    content = models.JSONField(default=dict, blank=True)

    class Meta(Dated.Meta):
        constraints = _rules("progress_report", "programme")
