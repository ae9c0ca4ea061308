"""What people did (Entry, by an Author, chained up to a Head), and which public things changed (Change)."""

import json
from typing import Any

from django.conf import settings
from django.db import models


class Author(models.Model):
    """Who wrote entries, under the name of that time. Kept apart, so that a person can be erased from the journal.

    `ref` is all that the chain knows: a salted digest of the rest, random once the salt is blanked.
    """

    ref = models.CharField(max_length=64, unique=True)
    # No constraint: an author never changes, not even when the account goes. Erasing is an act of its own.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    label = models.CharField(max_length=260)
    salt = models.CharField(max_length=32)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label or "…"


class Entry(models.Model):
    """Who did what to what, when, from which state to which. Written by `actions.record` alone."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    author = models.ForeignKey(Author, models.PROTECT, related_name="entries")
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, db_index=True)
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60, blank=True)
    # Text and not JSON: PostgreSQL would give back other numbers than it was given, and another digest.
    detail_text = models.TextField(blank=True)
    salt = models.CharField(max_length=32, blank=True)
    detail_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-sequence"]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.subject}"

    @property
    def detail(self) -> dict[str, Any]:
        """Empty too when it was erased (`is_erased`)."""
        return dict(json.loads(self.detail_text)) if self.detail_text else {}

    @property
    def is_erased(self) -> bool:
        return not self.salt


class Head(models.Model):
    """How far the chain goes: one row, by which a cut end is seen. `mac` is empty once it cannot be signed."""

    count = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    mac = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="journal_one_head")]

    def __str__(self) -> str:
        return f"{self.count}:{self.hash}"


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
