"""Two organisations that were one, and what is needed to part them again."""

from django.conf import settings
from django.db import models

from fairealliance.organisations.models.organisation import Organisation


class Merger(models.Model):
    """`gone_id` leads to `kept`. Its row is kept here whole; what pointed to it points to `kept`, and is listed."""

    gone_id = models.PositiveBigIntegerField(unique=True)
    kept = models.ForeignKey(Organisation, models.CASCADE, related_name="mergers")
    name = models.CharField(max_length=300)
    # How its source knows it: imports go on about `kept`.
    source_id = models.BigIntegerField(null=True)
    source_key = models.CharField(max_length=120, blank=True, db_index=True)
    # Its row, and in "marked" the fields given that its people had written: imports leave them on `kept` too.
    gone = models.JSONField()
    # [model, field, primary key] of what was moved; rows that `kept` had already; [member of kept, role in gone];
    # fields that `kept` did not tell and now does.
    moved = models.JSONField(default=list)
    dropped = models.JSONField(default=list)
    both = models.JSONField(default=list)
    given = models.JSONField(default=list)
    merged_at = models.DateTimeField(auto_now_add=True)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-merged_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"
