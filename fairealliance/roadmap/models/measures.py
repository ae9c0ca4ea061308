"""Measures: what was promised, by whom, with which indicators. Their wording is kept edition by edition."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fairealliance.organisations.models import Organisation
from fairealliance.practices.models import Practice
from fairealliance.resources.models import Resource
from fairealliance.roadmap.models.programmes import Dimension, Programme, Workstream
from fairealliance.territories.models import Territory


class Measure(models.Model):
    """A promise, known by its number. What it says is in its editions: the last one is copied here."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="measures")
    number = models.PositiveSmallIntegerField(_("numéro"))
    title = models.CharField(_("titre"), max_length=400)
    objective = models.TextField(_("objectif"), blank=True)
    ways = models.TextField(_("modalités d’action"), blank=True)
    expected = models.TextField(_("résultats attendus"), blank=True)
    dimension = models.ForeignKey(Dimension, models.PROTECT, related_name="measures", verbose_name=_("dimension"))
    workstream = models.ForeignKey(
        Workstream, models.PROTECT, null=True, blank=True, related_name="measures", verbose_name=_("chantier")
    )
    # Its own delay, in months, when it has one; else that of its dimension.
    delay_min = models.PositiveSmallIntegerField(_("délai, de (mois)"), null=True, blank=True)
    delay_max = models.PositiveSmallIntegerField(_("délai, à (mois)"), null=True, blank=True)
    started_on = models.DateField(_("début"))
    edition = models.PositiveSmallIntegerField(default=1)
    practices = models.ManyToManyField(Practice, blank=True, related_name="+", verbose_name=_("exemples"))
    resources = models.ManyToManyField(Resource, blank=True, related_name="+", verbose_name=_("ressources"))
    territories: "models.ManyToManyField[Territory, MeasureTerritory]" = models.ManyToManyField(
        Territory, through="MeasureTerritory", related_name="+"
    )
    # Slugs of studies of the observatory, a room beside whose tables are its own.
    studies = models.JSONField(_("études"), default=list, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="roadmap_measure_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="roadmap_measure_number_from_one"),
            models.CheckConstraint(
                condition=models.Q(delay_min__isnull=True)
                | models.Q(delay_max__isnull=True)
                | models.Q(delay_max__gte=models.F("delay_min")),
                name="roadmap_measure_delay_grows",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return self.programme.address("measure", number=self.number)


# What an edition keeps, under these names.
WORDING = ("title", "objective", "ways", "expected", "delay_min", "delay_max")


class MeasureEdition(models.Model):
    """The wording of a measure from a date on. Never altered: another wording is another edition, with its reason."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    since = models.DateField()
    wording = models.JSONField()
    dimension = models.PositiveSmallIntegerField()
    workstream = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "number"], name="roadmap_edition_once"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""), name="roadmap_edition_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} v{self.number}"


class Facilitator(models.Model):
    """One of those who carry a measure, from a date to another: an organisation we know, or at least its name."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="facilitators")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("nom"), max_length=300)
    since = models.DateField(_("depuis"), null=True, blank=True)
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["measure", "name"], name="roadmap_facilitator_once")]

    def __str__(self) -> str:
        return self.name


class Correspondent(models.Model):
    """A person who reports on a measure in the name of its facilitators."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="correspondents")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["measure", "user"], name="roadmap_correspondent_once")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.measure_id}"


class Indicator(models.Model):
    """A figure that a measure wants to move. Empty means not told."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="indicators")
    code = models.SlugField(max_length=60)
    label = models.CharField(_("indicateur"), max_length=300)
    unit = models.CharField(_("unité"), max_length=40, blank=True)
    baseline = models.DecimalField(_("départ"), max_digits=16, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(_("départ, le"), null=True, blank=True)
    target = models.DecimalField(_("cible"), max_digits=16, decimal_places=4, null=True, blank=True)
    target_on = models.DateField(_("cible, le"), null=True, blank=True)
    # What was read of it stays: it is no longer followed, and no longer shown, from that day on.
    removed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["measure", "code"], name="roadmap_indicator_once")]

    def __str__(self) -> str:
        return self.label


class MeasureTerritory(models.Model):
    """Where a measure is carried out."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="territory_links")
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["measure", "territory"], name="roadmap_measure_territory_once")]

    def __str__(self) -> str:
        return f"{self.measure_id} @ {self.territory_id}"
