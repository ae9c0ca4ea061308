"""Where everything we hold comes from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairealliance.provenance.querysets import SourceQuerySet

CONTRIBUTIONS = "contributions"
"""Slug of the source of what visitors proposed on the site."""


class Source(models.Model):
    """An outside scheme, file or site we take from, with its licence."""

    slug = models.SlugField(max_length=80, unique=True)
    label = models.CharField(_("nom"), max_length=250)
    producer = models.CharField(_("producteur"), max_length=250, blank=True)
    url = models.URLField(_("adresse"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    licence_url = models.URLField(max_length=500, blank=True)
    vintage = models.CharField(_("millésime"), max_length=40, blank=True)
    is_demo = models.BooleanField(_("contenus inventés"), default=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label

    @property
    def is_proposed_here(self) -> bool:
        """Published from this site: nothing of it was imported."""
        return self.slug == CONTRIBUTIONS


class Sourced(models.Model):
    """Something taken from a source: which, under what key there, when, and what it looked like."""

    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    source_key = models.CharField(max_length=120, blank=True)
    source_url = models.URLField(_("adresse d’origine"), max_length=1000, blank=True)
    # Where in the source: page, heading, note. What a reader looks for to check.
    source_passage = models.CharField(_("passage de la source"), max_length=300, blank=True)
    imported_at = models.DateTimeField(_("importé le"), null=True, blank=True)
    # Hash of the row as last imported: the same row again is "unchanged" without comparing field by field.
    fingerprint = models.CharField(max_length=32, blank=True)
    is_demo = models.BooleanField(_("contenu inventé"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"],
                condition=~models.Q(source_key=""),
                name="%(class)s_once_per_source",
            )
        ]


class CorrectedField(models.Model):
    """A field of something sourced that an editor corrected, so that no later import writes over it."""

    kind = models.CharField(max_length=60)
    row_id = models.PositiveBigIntegerField()
    field = models.CharField(max_length=60)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["kind", "row_id", "field"], name="field_corrected_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.row_id} {self.field}"
