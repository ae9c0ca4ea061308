"""Words of needs and offers. What is sought or brought is `organisations.enums.Exchange`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """A need and an offer are the same thing, seen from either side."""

    NEED = "need", _("besoin")
    OFFER = "offer", _("offre")


class Status(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    PUBLISHED = "published", _("publié")
    DISCUSSION = "discussion", _("en discussion")
    MET = "met", _("pourvu")
    CLOSED = "closed", _("fermé")
    EXPIRED = "expired", _("arrivé à échéance")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("tout le monde")
    NETWORK = "network", _("le réseau : qui agit pour une organisation du site")
    LINK = "link", _("seulement qui reçoit le lien")


class NoticeKind(models.TextChoices):
    """Mails about the end of a need."""

    BEFORE = "before", _("avant l’échéance")
    AFTER = "after", _("à l’échéance")
