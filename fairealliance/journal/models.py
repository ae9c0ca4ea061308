"""Two append-only tables: what people did (Entry), and which public things changed (Change)."""

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """Who did what to what, when."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_label = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, db_index=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.by_label} {self.verb} {self.subject}"


class Change(models.Model):
    """The outbox: one row each time a public thing changed. Search indexes follow it by `id`."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.id} {self.kind}:{self.key}"
