"""Words of matching."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RefusalReason(models.TextChoices):
    """Not for us, because…"""

    SUBJECT = "subject", _("ce n’est pas notre sujet")
    TOO_FAR = "too_far", _("c’est trop loin")
    NOT_NOW = "not_now", _("ce n’est pas le moment")
    ALREADY = "already", _("nous travaillons déjà ensemble")
    NO_ROOM = "no_room", _("nous n’en avons pas les moyens")
    VALUES = "values", _("nos façons de faire s’accordent mal")
    OTHER = "other", _("autre raison")
