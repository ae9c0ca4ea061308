"""What is being written."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairealliance.roadmap.enums import TOLD, DraftState
from fairealliance.roadmap.models.measures import Measure
from fairealliance.roadmap.models.programmes import Programme, Workstream


class Draft(models.Model):
    """A report before it is published: of a measure, of a workstream, else the introduction of a progress report."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="drafts")
    measure = models.ForeignKey(Measure, models.CASCADE, null=True, blank=True, related_name="drafts")
    workstream = models.ForeignKey(Workstream, models.CASCADE, null=True, blank=True, related_name="drafts")
    state = models.CharField(max_length=10, choices=DraftState, default=DraftState.DRAFT)
    # Set when it corrects a report of that date.
    corrects = models.BooleanField(default=False)
    dated_on = models.DateField(_("situation au"))
    title = models.CharField(_("titre"), max_length=250, blank=True)
    text = models.TextField(_("bilan"))
    next_steps = models.TextField(_("pour aller plus loin"), blank=True)
    result = models.CharField(_("résultat"), max_length=12, choices=[(r.value, r.label) for r in TOLD], blank=True)
    author = models.CharField(_("rapporté par"), max_length=200, blank=True)
    reason = models.TextField(_("motif de la correction"), blank=True)
    # Code of an indicator → decimal text.
    readings = models.JSONField(default=dict, blank=True)
    # One form makes one draft: sent twice, the second finds it there.
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    # Moves at each save: whoever saves says which one they had read.
    lock = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__isnull=True) | Q(workstream__isnull=True), name="roadmap_draft_of_one"
            ),
            models.CheckConstraint(
                condition=Q(corrects=False) | ~Q(reason=""), name="roadmap_draft_correction_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.dated_on:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.state in (DraftState.DRAFT, DraftState.SUBMITTED)
