"""Words of catalysts and of requests for support. Sectors are the families of themes of `goals.vocabulary`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Trade(models.TextChoices):
    """What a catalyst does: the four trades of the field."""

    DIALOGUE = "dialogue", _("dialogue territorial")
    EXPERIMENTS = "experiments", _("expérimentations collectives")
    SUPPORT = "support", _("accompagnements")
    PLACE = "place", _("gestion d’un lieu")


class Standing(models.TextChoices):
    """Where a profile stands with the secretariat. Listed, it is accepted and its owner's consent holds."""

    WAITING = "waiting", _("à examiner")
    ACCEPTED = "accepted", _("accepté")
    REFUSED = "refused", _("non retenu")


class MarkKind(models.TextChoices):
    TRADE = "trade", _("métier")
    SECTOR = "sector", _("secteur")


class Status(models.TextChoices):
    """Of a request for support."""

    OFFERED = "offered", _("proposée")
    DESK = "desk", _("au secrétariat")
    ACCEPTED = "accepted", _("acceptée")
    ENDED = "ended", _("terminée")
    WITHDRAWN = "withdrawn", _("retirée")


class Answer(models.TextChoices):
    """What became of a catalyst's turn. Whoever was silent may still accept, until somebody has."""

    WAITING = "waiting", _("sans réponse encore")
    ACCEPTED = "accepted", _("acceptée")
    DECLINED = "declined", _("déclinée")
    HANDED_ON = "handed_on", _("transmise")
    SILENT = "silent", _("restée sans réponse")
    OVER = "over", _("sans objet")
