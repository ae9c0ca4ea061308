"""The worlds that meet in an alliance."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sphere(models.TextChoices):
    """Three circles first, and those that help them meet."""

    ASSOCIATION = "association", _("association")
    ENTREPRISE = "entreprise", _("entreprise")
    COLLECTIVITE = "collectivite", _("collectivité")
    ETAT = "etat", _("État")
    ACADEMIQUE = "academique", _("académique")
    CITOYENS = "citoyens", _("citoyens")
