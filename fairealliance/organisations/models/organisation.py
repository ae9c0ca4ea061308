"""Organisations, their establishments, and where they act."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairealliance.organisations.enums import Sphere
from fairealliance.organisations.querysets import OrganisationQuerySet
from fairealliance.provenance.models import Sourced
from fairealliance.territories.enums import Precision
from fairealliance.territories.models import Territory


class Located(models.Model):
    """A point, and how well it is known."""

    latitude = models.FloatField(null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)])
    precision = models.CharField(max_length=12, choices=Precision, default=Precision.UNKNOWN)

    class Meta:
        abstract = True


class Organisation(Sourced, Located):
    """A legal person or a body: never twice under one SIREN or RNA."""

    name = models.CharField(_("nom"), max_length=300)
    acronym = models.CharField(_("sigle"), max_length=60, blank=True)
    slug = models.SlugField(max_length=120)
    sphere = models.CharField(_("sphère"), max_length=12, choices=Sphere, blank=True)
    description = models.TextField(_("ce qu’elle fait"), blank=True)
    siren = models.CharField("SIREN", max_length=9, null=True, blank=True, unique=True)
    rna = models.CharField("RNA", max_length=10, null=True, blank=True, unique=True)
    naf = models.CharField(_("activité (NAF)"), max_length=6, blank=True)
    legal_category = models.CharField(_("catégorie juridique"), max_length=4, blank=True)
    website = models.URLField(_("site"), max_length=500, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    goals = models.JSONField(_("ODD"), default=list, blank=True)
    targets = models.JSONField(_("cibles"), default=list, blank=True)
    themes = models.JSONField(_("thèmes"), default=list, blank=True)
    seat = models.ForeignKey(Territory, models.SET_NULL, null=True, blank=True, related_name="seated_organisations")
    territories: "models.ManyToManyField[Territory, OrganisationTerritory]" = models.ManyToManyField(
        Territory, through="OrganisationTerritory", related_name="organisations"
    )
    closed_on = models.DateField(_("fermée le"), null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta(Sourced.Meta):
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisations:detail", args=[self.pk, self.slug or "organisation"])


class Establishment(Located):
    """A place of an organisation: the register's bear a SIRET, those that its people told bear none."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="establishments")
    siret = models.CharField("SIRET", max_length=14, unique=True, null=True)  # noqa: DJ001 -- one that has none is not ""
    name = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    territory = models.ForeignKey(Territory, models.SET_NULL, null=True, related_name="+")
    is_seat = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_seat", F("siret").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return self.siret or self.name


class OrganisationTerritory(models.Model):
    """A territory where an organisation acts."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="territory_links")
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="organisation_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "territory"], name="organisation_acts_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} @ {self.territory_id}"
