"""Imports that were run, and how they ended."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One reading of one file: resumable, since every row is idempotent."""

    class Status(models.TextChoices):
        RUNNING = "running", _("en cours")
        DONE = "done", _("terminé")
        FAILED = "failed", _("échoué")

    kind = models.CharField(max_length=60)
    file_name = models.CharField(max_length=300)
    digest = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.RUNNING)
    counts = models.JSONField(default=dict)
    message = models.TextField(blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name} {self.status}"


class Upload(models.Model):
    """A file an editor gave at the desk: tried first, then imported, by the worker. Its file is kept beside."""

    class Status(models.TextChoices):
        GIVEN = "given", _("à vérifier")
        TRYING = "trying", _("essai en cours")
        TRIED = "tried", _("essayé")
        RUNNING = "running", _("import en cours")
        DONE = "done", _("importé")
        FAILED = "failed", _("échoué")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("sorte de fichier"), max_length=60)
    file_name = models.CharField(_("fichier"), max_length=300)
    extension = models.CharField(max_length=5)
    size = models.PositiveBigIntegerField()
    # Our column → the file's, where the editor said otherwise than what was found by name.
    columns = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status, default=Status.GIVEN)
    # What the last try would do, and what the import did.
    would = models.JSONField(default=dict)
    did = models.JSONField(default=dict)
    message = models.TextField(blank=True)
    done_rows = models.PositiveIntegerField(default=0)
    total_rows = models.PositiveIntegerField(default=0)
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["given", "trying", "tried", "running", "done", "failed"]),
                name="upload_status_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name} {self.status}"

    @property
    def is_busy(self) -> bool:
        return self.status in (self.Status.TRYING, self.Status.RUNNING)
