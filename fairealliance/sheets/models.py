"""A sheet that was shared: kept as it was, so that its link shows the same sheet later."""

from django.db import models


class SharedSheet(models.Model):
    """What was asked, and the lines that were answered, under an unguessable token."""

    token = models.CharField(max_length=32, unique=True)
    territory_ref = models.CharField(max_length=50)
    challenge = models.TextField()
    filters = models.JSONField(default=dict)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.territory_ref} {self.challenge[:40]}"
