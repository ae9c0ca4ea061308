"""What an organisation says of itself, by those who administer it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairealliance.organisations.models.organisation import Organisation


class Profile(models.Model):
    """What no register says. An empty list or text means "not told", never "none"."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="profile")
    # Values of Exchange, Sphere, and of the three pillars' enums.
    seeks = models.JSONField(_("ce qu’elle cherche"), default=list, blank=True)
    seeks_words = models.TextField(blank=True)
    brings = models.JSONField(_("ce qu’elle apporte"), default=list, blank=True)
    brings_words = models.TextField(blank=True)
    skills = models.JSONField(_("ses compétences"), default=list, blank=True)
    welcomes = models.JSONField(_("avec qui elle souhaite s’allier"), default=list, blank=True)
    human = models.JSONField(_("richesses humaines"), default=list, blank=True)
    human_words = models.TextField(blank=True)
    financial = models.JSONField(_("ressources financières"), default=list, blank=True)
    financial_words = models.TextField(blank=True)
    alliances = models.JSONField(_("alliances"), default=list, blank=True)
    alliances_words = models.TextField(blank=True)
    # How many introductions it can follow at once: none told, no limit.
    capacity = models.PositiveSmallIntegerField(_("mises en relation à la fois"), null=True, blank=True)
    told_at = models.DateTimeField(_("dit le"))
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organisation_id}"
