"""What is known of each resource's link: today's state, and each time it changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairealliance.resources.enums import LinkState
from fairealliance.resources.models.resource import Resource


class LinkRecord(models.Model):
    """The state of a resource's link when it was last asked. True of `url` only: the link may have changed since."""

    resource = models.OneToOneField(Resource, models.CASCADE, related_name="link_record")
    url = models.URLField(_("adresse vérifiée"), max_length=1000)
    state = models.CharField(_("état"), max_length=10, choices=LinkState)
    status = models.PositiveSmallIntegerField(_("réponse"), null=True)
    detail = models.CharField(_("précision"), max_length=200, blank=True)
    # Where the site says, for good, that the page has gone.
    moved_to = models.URLField(_("nouvelle adresse"), max_length=1000, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField(_("depuis"))
    checked_at = models.DateTimeField(_("vérifié le"))
    due_at = models.DateTimeField(db_index=True)
    # An editor looked and decided to live with it.
    ignored_at = models.DateTimeField(null=True, blank=True)
    ignored_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "since"])]

    def __str__(self) -> str:
        return f"{self.url}: {self.state}"


class LinkEvent(models.Model):
    """A change of state, append-only: when a link was first seen dead, when it came back."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="link_events")
    at = models.DateTimeField()
    url = models.URLField(max_length=1000)
    state = models.CharField(max_length=10, choices=LinkState)
    status = models.PositiveSmallIntegerField(null=True)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.url}: {self.state}"
