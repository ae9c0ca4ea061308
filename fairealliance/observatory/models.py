"""What surveys told: studies, their questions, their results, and series across waves. Unknown is empty, never zero."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairealliance.observatory.dates import in_words, sort_key
from fairealliance.observatory.enums import ActorKind, Sign, State, Topic, Unit
from fairealliance.observatory.querysets import ResultQuerySet, SeriesQuerySet, StudyQuerySet
from fairealliance.provenance.models import Sourced
from fairealliance.territories.models import Territory


class Study(Sourced):
    """One survey: who asked what of whom, when and how. Dates are as precise as known: 2016, 2016-11 or 2016-11-03."""

    slug = models.SlugField(_("code"), max_length=80, unique=True)
    title = models.CharField(_("titre"), max_length=250)
    programme = models.CharField(_("programme"), max_length=120, blank=True)
    producer = models.CharField(_("producteur"), max_length=200, blank=True)
    institute = models.CharField(_("institut"), max_length=200, blank=True)
    commissioner = models.CharField(_("commanditaire"), max_length=250, blank=True)
    actor = models.CharField(_("qui a été interrogé"), max_length=15, choices=ActorKind, blank=True)
    started = models.CharField(_("début du terrain"), max_length=10, blank=True)
    ended = models.CharField(_("fin du terrain"), max_length=10, blank=True)
    dates_told = models.CharField(_("dates, telles qu’elles sont dites"), max_length=120, blank=True)
    population = models.CharField(_("population étudiée"), max_length=300, blank=True)
    method = models.TextField(_("méthode"), blank=True)
    sample_size = models.PositiveIntegerField(_("taille de l’échantillon"), null=True, blank=True)
    report_url = models.URLField(_("rapport"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    note = models.TextField(_("à savoir"), blank=True)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.PUBLISHED)
    version = models.PositiveIntegerField(default=1)
    # The version as last imported: a study touched by hand since then is not overwritten by starter content.
    imported_version = models.PositiveIntegerField(null=True)
    published_at = models.DateTimeField(_("publiée le"), null=True)

    objects = StudyQuerySet.as_manager()

    class Meta(Sourced.Meta):
        verbose_name_plural = "studies"
        ordering = ["-ended", "title", "id"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(started="") | Q(ended="") | Q(ended__gte=F("started")) | Q(started__startswith=F("ended")),
                name="study_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=Q(sample_size__isnull=True) | Q(sample_size__gt=0), name="study_sample"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="study_state"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("observatory:study", args=[self.slug])

    @property
    def when(self) -> str:
        """`novembre 2016`, as told when told otherwise, "" when not known."""
        return self.dates_told or in_words(self.started, self.ended)

    @property
    def year(self) -> float | None:
        """Middle of the fieldwork, in years, for the place of a point."""
        return sort_key(self.started, self.ended)

    @property
    def is_public(self) -> bool:
        return self.state == State.PUBLISHED


class Question(models.Model):
    """What was asked. `wording` is exact or empty; `label` says in our words what it is about."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="questions")
    code = models.SlugField(max_length=60)
    label = models.CharField(_("sujet"), max_length=250)
    wording = models.TextField(_("formulation exacte"), blank=True)
    base = models.CharField(_("base"), max_length=300, blank=True)
    topic = models.CharField(_("thème"), max_length=12, choices=Topic, default=Topic.OTHER)
    unit = models.CharField(_("unité"), max_length=4, choices=Unit, default=Unit.PERCENT)
    multiple = models.BooleanField(_("plusieurs réponses possibles"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["study", "code"], name="question_once_per_study")]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return f"{self.study.get_absolute_url()}#{self.code}"


class Result(Sourced):
    """One figure as one source tells it. Two sources telling it differently are two results of one `code`."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="results")
    code = models.SlugField(max_length=60)
    answer = models.CharField(_("réponse"), max_length=300)
    part_of = models.CharField(_("partie de"), max_length=60, blank=True)
    actor = models.CharField(_("qui répond"), max_length=15, choices=ActorKind)
    subgroup = models.CharField(_("parmi eux"), max_length=120, blank=True)
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="survey_results")
    share = models.DecimalField(_("part"), max_digits=5, decimal_places=2, null=True, blank=True)
    sign = models.CharField(max_length=1, choices=Sign, default=Sign.EXACT)
    # Known to whoever surveyed, and too small to publish: neither unknown nor zero.
    secret = models.BooleanField(_("secret statistique"), default=False)
    n = models.PositiveIntegerField(_("effectif interrogé"), null=True, blank=True)
    margin = models.DecimalField(_("marge d’erreur (points)"), max_digits=4, decimal_places=2, null=True, blank=True)
    told = models.CharField(_("comme la source le dit"), max_length=300, blank=True)
    differs = models.CharField(_("en quoi cette source diffère"), max_length=300, blank=True)
    note = models.CharField(_("ce que nous en notons"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ResultQuerySet.as_manager()

    class Meta(Sourced.Meta):
        ordering = ["position", "id"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=100), name="result_share_in_range"
            ),
            models.CheckConstraint(condition=Q(margin__isnull=True) | Q(margin__gte=0), name="result_margin"),
            models.CheckConstraint(
                condition=Q(secret=False) | Q(share__isnull=True, margin__isnull=True),
                name="result_secret_untold",
            ),
            models.CheckConstraint(condition=Q(n__isnull=True) | Q(n__gt=0), name="result_n"),
            models.CheckConstraint(condition=Q(actor__in=ActorKind.values), name="result_actor"),
            models.UniqueConstraint(
                fields=["question", "code", "actor", "subgroup", "territory", "source", "source_passage"],
                name="result_once_per_passage",
            ),
            models.UniqueConstraint(
                fields=["question", "code", "actor", "subgroup", "source", "source_passage"],
                condition=Q(territory__isnull=True),
                name="result_once_per_passage_in_france",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} : {self.share}"


class Series(models.Model):
    """One thing asked wave after wave, or of one kind of actor after another. Its address is permanent."""

    slug = models.SlugField(_("code"), max_length=80, unique=True)
    title = models.CharField(_("titre"), max_length=250)
    headline = models.CharField(_("ce que montre le graphique"), max_length=250, blank=True)
    note = models.TextField(_("à savoir"), blank=True)
    topic = models.CharField(_("thème"), max_length=12, choices=Topic, default=Topic.OTHER)
    position = models.PositiveSmallIntegerField(default=100)
    version = models.PositiveIntegerField(default=1)
    fingerprint = models.CharField(max_length=32, blank=True)
    imported_version = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "series"
        ordering = ["position", "title", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("observatory:series", args=[self.slug])


class SeriesPoint(models.Model):
    """A wave of a series: an answer to a question. `break_words` says why it cannot be compared with the one before."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="points")
    question = models.ForeignKey(Question, models.PROTECT, related_name="series_points")
    code = models.SlugField(_("réponse"), max_length=60)
    breaks = models.JSONField(_("rupture"), default=list, blank=True)
    break_words = models.CharField(_("en quoi"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["series", "question", "code"], name="wave_once_per_series")]

    def __str__(self) -> str:
        return f"{self.series_id}: {self.question_id}/{self.code}"
