"""Resources: methods, tools, studies, reports, kits, training, funds."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairealliance.organisations.models import Organisation
from fairealliance.provenance.models import Sourced
from fairealliance.resources.enums import MEDOC_OF_KIND, Medoc, ResourceKind
from fairealliance.resources.querysets import ResourceQuerySet
from fairealliance.territories.models import Territory


class Resource(Sourced):
    """Something to use: where it is, who made it, for whom, at which stage."""

    title = models.CharField(_("titre"), max_length=300)
    slug = models.SlugField(max_length=120)
    kind = models.CharField(_("nature"), max_length=10, choices=ResourceKind)
    summary = models.TextField(_("en bref"), blank=True)
    producer = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="resources")
    producer_name = models.CharField(_("producteur"), max_length=250, blank=True)
    audience = models.JSONField(_("pour qui"), default=list, blank=True)
    stage = models.JSONField(_("étapes"), default=list, blank=True)
    progress = models.JSONField(_("méthode des 3 R"), default=list, blank=True)
    goals = models.JSONField(_("ODD"), default=list, blank=True)
    targets = models.JSONField(_("cibles"), default=list, blank=True)
    themes = models.JSONField(_("thèmes"), default=list, blank=True)
    link = models.URLField(_("lien"), max_length=1000, blank=True)
    year = models.PositiveSmallIntegerField(_("année"), null=True, blank=True)
    language = models.CharField(_("langue"), max_length=5, default="fr")
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    territories = models.ManyToManyField(Territory, blank=True, related_name="resources")

    objects = ResourceQuerySet.as_manager()

    class Meta(Sourced.Meta):
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("resources:detail", args=[self.pk, self.slug or "ressource"])

    @property
    def medoc(self) -> Medoc:
        return MEDOC_OF_KIND[self.kind]
