"""Outlines of territories, already on our drawing: what a map needs, and nothing of the file it came from."""

from django.db import models

from fairealliance.provenance.models import Source
from fairealliance.territories.models import Territory


class Contour(models.Model):
    """The outline of one territory: an SVG path of whole numbers, on the drawing of `atlas.drawing`."""

    territory = models.OneToOneField(Territory, models.CASCADE, related_name="contour")
    source = models.ForeignKey(Source, models.PROTECT, related_name="contours")
    path = models.TextField()
    # The rectangle that holds it, so that a map can come closer without reading the path.
    left = models.IntegerField()
    top = models.IntegerField()
    right = models.IntegerField()
    bottom = models.IntegerField()

    class Meta:
        ordering = ["territory_id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(right__gte=models.F("left"), bottom__gte=models.F("top")), name="contour_box_holds"
            ),
            models.CheckConstraint(condition=~models.Q(path=""), name="contour_has_a_path"),
        ]

    def __str__(self) -> str:
        return f"{self.territory_id}: {len(self.path)}"
