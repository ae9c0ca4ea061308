"""Practices: the case study of a partnership, or of a funded local project."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairealliance.organisations.enums import Sphere
from fairealliance.organisations.models import Located, Organisation
from fairealliance.practices.enums import Form, PartnerRole, PartnershipKind, PracticeStage
from fairealliance.practices.querysets import PracticeQuerySet
from fairealliance.provenance.models import Sourced
from fairealliance.resources.models import Resource
from fairealliance.territories.models import Territory


class Practice(Sourced, Located):
    """What was done somewhere, by whom together, to what effect. Empty means not known."""

    title = models.CharField(_("titre"), max_length=400)
    slug = models.SlugField(max_length=120)
    challenge = models.TextField(_("le défi"), blank=True)
    summary = models.TextField(_("ce qui a été fait"), blank=True)
    form = models.CharField(_("forme"), max_length=12, choices=Form, blank=True)
    kind = models.CharField(_("type de partenariat"), max_length=24, choices=PartnershipKind, blank=True)
    stage = models.CharField(_("étape"), max_length=10, choices=PracticeStage, blank=True)
    start_year = models.PositiveSmallIntegerField(_("début"), null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(_("fin"), null=True, blank=True)
    cost = models.DecimalField(_("coût (€)"), max_digits=14, decimal_places=2, null=True, blank=True)
    funding = models.TextField(_("financement"), blank=True)
    results = models.TextField(_("résultats"), blank=True)
    evidence = models.TextField(_("preuves"), blank=True)
    conditions = models.TextField(_("pour le refaire ailleurs"), blank=True)
    contact = models.CharField(_("contact"), max_length=300, blank=True)
    goals = models.JSONField(_("ODD"), default=list, blank=True)
    targets = models.JSONField(_("cibles"), default=list, blank=True)
    themes = models.JSONField(_("thèmes"), default=list, blank=True)
    tools = models.ManyToManyField(Resource, blank=True, related_name="practices")
    territories: "models.ManyToManyField[Territory, PracticeTerritory]" = models.ManyToManyField(
        Territory, through="PracticeTerritory", related_name="practices"
    )

    objects = PracticeQuerySet.as_manager()

    class Meta(Sourced.Meta):
        ordering = ["-start_year", "id"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(end_year__isnull=True)
                | models.Q(start_year__isnull=True)
                | models.Q(end_year__gte=models.F("start_year")),
                name="practice_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("practices:detail", args=[self.pk, self.slug or "pratique"])


class PracticePartner(models.Model):
    """One of those who did it: an organisation we know, or at least its name."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="partnerships")
    name = models.CharField(max_length=300)
    sphere = models.CharField(max_length=12, choices=Sphere, blank=True)
    role = models.CharField(max_length=12, choices=PartnerRole, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["practice", "name", "role"], name="partner_once_per_role")]

    def __str__(self) -> str:
        return self.name


class PracticeTerritory(models.Model):
    """Where it was done."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="territory_links")
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="practice_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "territory"], name="practice_territory_once")]

    def __str__(self) -> str:
        return f"{self.practice_id} @ {self.territory_id}"
