"""Collections: resources that go together, chosen and told by someone."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairealliance.resources.models.resource import Resource
from fairealliance.resources.querysets import CollectionQuerySet


class Collection(models.Model):
    """A title, why these go together, and the resources in their order."""

    slug = models.SlugField(_("adresse"), max_length=100, unique=True)
    title = models.CharField(_("titre"), max_length=200)
    cover = models.CharField(_("texte de couverture"), max_length=300, blank=True)
    intro = models.TextField(_("introduction"), blank=True)
    is_public = models.BooleanField(_("publiée"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    resources: "models.ManyToManyField[Resource, CollectionItem]" = models.ManyToManyField(
        Resource, through="CollectionItem", related_name="collections"
    )

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("resources:collection", args=[self.slug])


class CollectionItem(models.Model):
    """A resource in its place, with what it brings to the whole."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items")
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="collection_items")
    place = models.PositiveSmallIntegerField(_("rang"))
    note = models.CharField(_("ce qu’elle apporte ici"), max_length=500, blank=True)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "resource"], name="resource_once_per_collection"),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.resource_id}"
