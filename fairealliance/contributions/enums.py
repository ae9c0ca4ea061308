"""Where a proposal stands, what may be corrected."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """What is said to the proposer, and at the desk."""

    DRAFT = "draft", _("brouillon")
    SENT = "sent", _("à examiner")
    QUESTION = "question", _("question posée")
    ACCEPTED = "accepted", _("publiée")
    DECLINED = "declined", _("non retenue")
    WITHDRAWN = "withdrawn", _("retirée")


class Side(models.TextChoices):
    """Who wrote a message of the thread."""

    PROPOSER = "proposer", _("la personne qui propose")
    EDITOR = "editor", _("l’équipe")


class CorrectionStatus(models.TextChoices):
    NEW = "new", _("à examiner")
    ACCEPTED = "accepted", _("acceptée")
    REFUSED = "refused", _("refusée")
