"""Sums by month, and nothing else: no row tells of one visit or of one person."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MonthlyCount(models.Model):
    """So many in a month, the month being its first day."""

    month = models.DateField(_("mois"))
    count = models.PositiveBigIntegerField(_("nombre"), default=0)

    class Meta:
        abstract = True


class PageCount(MonthlyCount):
    """How many times a page was opened in a month."""

    rubric = models.CharField(_("rubrique"), max_length=40)
    page = models.CharField(_("page"), max_length=300)

    class Meta:
        ordering = ["-month", "-count", "page"]
        constraints = [models.UniqueConstraint(fields=["month", "rubric", "page"], name="page_once_per_month")]
        indexes = [models.Index(fields=["month", "rubric"])]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.page}"


class TerritoryCount(MonthlyCount):
    """How many times pages about a territory were opened in a month."""

    rubric = models.CharField(_("rubrique"), max_length=40)
    territory = models.CharField(_("territoire"), max_length=44)

    class Meta:
        ordering = ["-month", "-count", "territory"]
        constraints = [
            models.UniqueConstraint(fields=["month", "rubric", "territory"], name="territory_once_per_month")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.territory}"


class MissedSearch(MonthlyCount):
    """How many times these words found nothing in a month. Rare ones are forgotten (actions.py)."""

    words = models.CharField(_("mots"), max_length=80)

    class Meta:
        ordering = ["-month", "-count", "words"]
        verbose_name_plural = "missed searches"
        constraints = [models.UniqueConstraint(fields=["month", "words"], name="missed_once_per_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.words}"
