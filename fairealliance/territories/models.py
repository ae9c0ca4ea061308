"""Territories are not a tree: membership is a relation of its own, kept as its transitive closure."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairealliance.provenance.models import Source
from fairealliance.territories.enums import IndicatorKind, Level, Precision, State
from fairealliance.territories.querysets import TerritoryQuerySet


class Territory(models.Model):
    """A commune, EPCI, département…; `level` and `code` together say which."""

    level = models.CharField(_("niveau"), max_length=30, choices=Level)
    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("nom"), max_length=200)
    slug = models.SlugField(max_length=200)
    # INSEE's "type de liaison" (0 to 8), to write "de la Loire", "du Rhône"; null when not given.
    article = models.PositiveSmallIntegerField(null=True)
    # For an EPCI, its legal kind (CC, CA, CU, METRO); for a commune, what it is the chief town of.
    nature = models.CharField(max_length=20, blank=True)
    siren = models.CharField(max_length=9, blank=True)
    postal_codes = models.JSONField(default=list)
    population = models.PositiveIntegerField(_("population municipale"), null=True)
    population_year = models.PositiveSmallIntegerField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    precision = models.CharField(max_length=12, choices=Precision, default=Precision.UNKNOWN)
    parents: "models.ManyToManyField[Territory, Membership]" = models.ManyToManyField(
        "self", through="Membership", symmetrical=False, related_name="children"
    )

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        ordering = ["level", "code"]
        verbose_name_plural = "territories"
        constraints = [models.UniqueConstraint(fields=["level", "code"], name="territory_level_code")]
        indexes = [models.Index(fields=["level", "slug"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("territories:detail", args=[self.level, self.code, self.slug])

    @property
    def ref(self) -> str:
        return f"{self.level}:{self.code}"


class Membership(models.Model):
    """`child` lies, wholly or in part, in `parent`. All ancestors are there, not the nearest only."""

    child = models.ForeignKey(Territory, models.CASCADE, related_name="memberships")
    parent = models.ForeignKey(Territory, models.CASCADE, related_name="members")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "parent"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.child_id} ⊂ {self.parent_id}"


class Former(models.Model):
    """A name or code that was once used, and the territory it leads to today."""

    level = models.CharField(max_length=30, choices=Level)
    code = models.CharField(max_length=12, db_index=True)
    name = models.CharField(max_length=200, blank=True)
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="formers")
    # How it came to: merged, renamed, recoded, delegated, associated, region.
    kind = models.CharField(max_length=12, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "code", "name", "territory"], name="former_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Indicator(models.Model):
    """A figure one can read about a territory."""

    slug = models.SlugField(max_length=60, unique=True)
    label = models.CharField(_("nom"), max_length=200)
    short_label = models.CharField(max_length=80, blank=True)
    unit = models.CharField(_("unité"), max_length=60, blank=True)
    kind = models.CharField(max_length=10, choices=IndicatorKind, default=IndicatorKind.NUMBER)
    theme = models.CharField(_("thème"), max_length=60)
    source = models.ForeignKey(Source, models.PROTECT, related_name="indicators")
    vintage = models.CharField(_("millésime"), max_length=20)
    reading = models.TextField(_("comment le lire"), blank=True)
    # Only an additive figure (a count) may be summed upward; a median or a rate never is.
    additive = models.BooleanField(default=False)
    decimals = models.PositiveSmallIntegerField(default=0)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.label


class Value(models.Model):
    """What an indicator says of a territory, or why it says nothing."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values")
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="values")
    state = models.CharField(max_length=14, choices=State, default=State.KNOWN)
    number = models.FloatField(null=True)
    text = models.CharField(max_length=120, blank=True)
    # Set only on a sum we made: of how many parts the figure is known, out of how many. Null: official.
    parts_known = models.PositiveIntegerField(null=True)
    parts_total = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["territory", "indicator"], name="value_once"),
            models.CheckConstraint(
                condition=models.Q(state=State.KNOWN, number__isnull=False)
                | models.Q(state=State.KNOWN, number__isnull=True) & ~models.Q(text="")
                | ~models.Q(state=State.KNOWN) & models.Q(number__isnull=True, text=""),
                name="value_known_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.territory_id}: {self.state}"


class Edition(models.Model):
    """What is loaded: one row per data set, its digest changes when its content does. Caches key on it."""

    name = models.CharField(max_length=60, unique=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.name} {self.digest[:8]}"
