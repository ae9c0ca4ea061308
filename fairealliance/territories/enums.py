"""Kinds of territory and states of a figure."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """With the code, identifies a territory: codes collide between levels."""

    COMMUNE = "commune", _("commune")
    DELEGATED = "commune-deleguee", _("commune déléguée")
    ASSOCIATED = "commune-associee", _("commune associée")
    ARRONDISSEMENT = "arrondissement-municipal", _("arrondissement municipal")
    EPCI = "epci", _("intercommunalité")
    EPT = "ept", _("établissement public territorial")
    DEPARTEMENT = "departement", _("département")
    REGION = "region", _("région")
    COUNTRY = "pays", _("pays")

    @property
    def is_punctual(self) -> bool:
        """A distance from its centre means something; from that of a département or a région it would not."""
        return self not in (Level.DEPARTEMENT, Level.REGION, Level.COUNTRY)


class Precision(models.TextChoices):
    """How well a point is known."""

    EXACT = "exact", _("position exacte")
    TOWN = "town", _("position du bourg")
    APPROXIMATE = "approximate", _("position approximative")
    UNKNOWN = "unknown", _("position inconnue")


# Precisions of a point that can be told without "environ".
SURE = frozenset({Precision.EXACT, Precision.TOWN})


class State(models.TextChoices):
    """Unknown is not zero: what we know of a figure."""

    KNOWN = "known", _("connu")
    SECRET = "secret", _("secret statistique")
    UNAVAILABLE = "unavailable", _("non disponible")
    NOT_APPLICABLE = "not_applicable", _("sans objet")


class IndicatorKind(models.TextChoices):
    """What a value is: a number, one of a list of words, or yes and no."""

    NUMBER = "number", _("nombre")
    CATEGORY = "category", _("catégorie")
    FLAG = "flag", _("oui ou non")
