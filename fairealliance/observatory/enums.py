"""The words of surveys."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActorKind(models.TextChoices):
    """Who was asked."""

    CITIZENS = "citizens", _("citoyens")
    MAYORS = "mayors", _("maires et élus locaux")
    COMPANIES = "companies", _("dirigeants d’entreprise")
    ASSOCIATIONS = "associations", _("responsables associatifs")
    RESEARCHERS = "researchers", _("chercheurs")
    ORGANISATIONS = "organisations", _("organisations, sans précision")

    @property
    def sphere(self) -> str:
        return _SPHERES.get(self.value, "")


_SPHERES = {
    "citizens": "citoyens",
    "mayors": "collectivite",
    "companies": "entreprise",
    "associations": "association",
    "researchers": "academique",
}


class Topic(models.TextChoices):
    """What a question is about."""

    CONVICTION = "conviction", _("l’utilité de faire alliance")
    PRACTICE = "practice", _("la pratique des partenariats")
    FRAGILITY = "fragility", _("les fragilités du territoire")
    EVALUATION = "evaluation", _("l’évaluation des partenariats")
    OTHER = "other", _("autre sujet")


class Sign(models.TextChoices):
    """How a source tells a figure: « moins de 30 % » is not 30 %."""

    EXACT = "=", _("exactement")
    LESS = "<", _("moins de")
    MORE = ">", _("plus de")
    ABOUT = "~", _("environ")


class Unit(models.TextChoices):
    PERCENT = "%", _("en % des réponses")
    OUT_OF_TEN = "/10", _("note sur 10")

    @property
    def most(self) -> int:
        return 100 if self is Unit.PERCENT else 10


class State(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    PUBLISHED = "published", _("publiée")


class Break(models.TextChoices):
    """Why two waves of a series cannot be compared."""

    WORDING = "wording", _("la question a changé")
    BASE = "base", _("les personnes interrogées ont changé")
    METHOD = "method", _("la méthode a changé")
