"""What a resource is, for whom, and when it serves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ResourceKind(models.TextChoices):
    TOOL = "tool", _("outil")
    METHOD = "method", _("méthode")
    STUDY = "study", _("étude")
    REPORT = "report", _("rapport")
    KIT = "kit", _("kit")
    TRAINING = "training", _("formation")
    REPLAY = "replay", _("webinaire à revoir")
    SITE = "site", _("site")
    FUND = "fund", _("fonds")
    DATASET = "dataset", _("jeu de données")


class Medoc(models.TextChoices):
    """The five things the field's hub capitalises (field.md: M.E.D.O.C.)."""

    METHOD = "method", _("méthode")
    EXAMPLE = "example", _("exemple")
    DATA = "data", _("données")
    TOOL = "tool", _("outil")
    SKILL = "skill", _("compétence")


MEDOC_OF_KIND: dict[str, Medoc] = {
    ResourceKind.TOOL: Medoc.TOOL,
    ResourceKind.METHOD: Medoc.METHOD,
    ResourceKind.STUDY: Medoc.DATA,
    ResourceKind.REPORT: Medoc.DATA,
    ResourceKind.KIT: Medoc.METHOD,
    ResourceKind.TRAINING: Medoc.SKILL,
    ResourceKind.REPLAY: Medoc.SKILL,
    ResourceKind.SITE: Medoc.TOOL,
    ResourceKind.FUND: Medoc.TOOL,
    ResourceKind.DATASET: Medoc.DATA,
}


class UseStage(models.TextChoices):
    """Comprendre, mettre en débat, agir."""

    UNDERSTAND = "understand", _("comprendre")
    DEBATE = "debate", _("mettre en débat")
    ACT = "act", _("agir")


class Progress(models.TextChoices):
    """How a collective progresses: the method of the 3 R."""

    REREAD = "reread", _("relire")
    RELATE = "relate", _("relier")
    REINVENT = "reinvent", _("réinventer")


class LinkState(models.TextChoices):
    """What became of a link when it was last asked. Unreadable is not dead: people may open it."""

    ALIVE = "alive", _("répond")
    CLOSED = "closed", _("fermé aux robots")
    FAILING = "failing", _("ne répond pas, à confirmer")
    DEAD = "dead", _("mort")
    REFUSED = "refused", _("adresse que nous n’ouvrons pas")
