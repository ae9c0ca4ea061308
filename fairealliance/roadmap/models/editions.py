"""What the parts of a programme said, edition by edition: so that any day can be read again as it was."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from fairealliance.roadmap.models.programmes import Programme


class PartEdition(models.Model):
    """A part of a programme (or the programme itself) from a day on, whole; `editions.py` writes and reads it.

    Never altered: what changes, or is taken away, is another edition. `since`: the day from which it could be read,
    told by the source when it is history; `recorded_at`: when we learnt it.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="part_editions")
    kind = models.CharField(max_length=20)
    row = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField(default=1)
    since = models.DateField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    is_removed = models.BooleanField(default=False)
    by_label = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["kind", "row", "number"], name="roadmap_part_edition_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row} v{self.number}"
