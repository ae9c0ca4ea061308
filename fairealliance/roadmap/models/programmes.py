"""A programme: its dimensions, workstreams, forces and levers, and what was said of it as a whole."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Programme(models.Model):
    """A roadmap of someone's: this product's own, or that of a network which made one."""

    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    title = models.CharField(_("titre"), max_length=250)
    description = models.TextField(_("présentation"), blank=True)
    started_on = models.DateField(_("début"))
    ended_on = models.DateField(_("fin"), null=True, blank=True)
    # Months between two reports of a measure; empty: one report is expected, at the end of its delay.
    rhythm = models.PositiveSmallIntegerField(_("mois entre deux rapports"), null=True, blank=True)
    source_label = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("adresse de la source"), max_length=500, blank=True)
    is_default = models.BooleanField(_("programme du site"), default=False)
    # Of the file it was loaded from, so that a start that finds the same file does nothing.
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-is_default", "title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="roadmap_one_default_programme"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("started_on")),
                name="roadmap_programme_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.address("index")

    def address(self, page: str, **named: object) -> str:
        """Of one of its pages: the programme of the site has the short ones."""
        if not self.is_default:
            named["programme"] = self.slug
        return reverse(f"roadmap:{page}", kwargs=named)


class Part(models.Model):
    """Something numbered in a programme."""

    number = models.PositiveSmallIntegerField(_("numéro"))
    title = models.CharField(_("titre"), max_length=400)
    text = models.TextField(_("texte"), blank=True)

    class Meta:
        abstract = True
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Dimension(Part):
    """A family of measures that share a delay, in months."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="dimensions")
    delay_min = models.PositiveSmallIntegerField(_("délai, de (mois)"), null=True, blank=True)
    delay_max = models.PositiveSmallIntegerField(_("délai, à (mois)"), null=True, blank=True)

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="roadmap_dimension_once"),
            models.CheckConstraint(
                condition=models.Q(delay_min__isnull=True)
                | models.Q(delay_max__isnull=True)
                | models.Q(delay_max__gte=models.F("delay_min")),
                name="roadmap_dimension_delay_grows",
            ),
        ]


class Workstream(Part):
    """A structural line of work (chantier)."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="workstreams")

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="roadmap_workstream_once")]


class ChangeForce(Part):
    """A condition of change."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="forces")

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="roadmap_force_once")]


class Lever(Part):
    """A lever of deployment. Its title is empty when the documents count it without naming it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="levers")

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="roadmap_lever_once")]


class Illustration(models.Model):
    """What shows that a force is at work, or a lever engaged."""

    force = models.ForeignKey(ChangeForce, models.CASCADE, null=True, blank=True, related_name="illustrations")
    lever = models.ForeignKey(Lever, models.CASCADE, null=True, blank=True, related_name="illustrations")
    label = models.CharField(_("illustration"), max_length=400)
    url = models.URLField(_("adresse"), max_length=500, blank=True)
    since = models.DateField(_("depuis"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(force__isnull=True) ^ models.Q(lever__isnull=True),
                name="roadmap_illustration_of_one",
            ),
            models.UniqueConstraint(fields=["force", "label"], name="roadmap_illustration_once_of_force"),
            models.UniqueConstraint(fields=["lever", "label"], name="roadmap_illustration_once_of_lever"),
        ]

    def __str__(self) -> str:
        return self.label


class Statement(models.Model):
    """What a source said of the programme as a whole, at a date. Told beside our reports, never mixed with them."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="statements")
    code = models.SlugField(max_length=80)
    title = models.CharField(_("titre"), max_length=300)
    text = models.TextField(_("texte"), blank=True)
    dated_on = models.DateField(_("date"))
    # Result → how many measures, as the source counts them.
    counts = models.JSONField(default=dict, blank=True)
    source_label = models.CharField(_("source"), max_length=300)
    source_url = models.URLField(_("adresse de la source"), max_length=500, blank=True)

    class Meta:
        ordering = ["dated_on", "id"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="roadmap_statement_once")]

    def __str__(self) -> str:
        return self.title
