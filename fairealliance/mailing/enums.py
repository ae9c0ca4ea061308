"""Rhythms, and the lives of a notice and of a letter."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    """How often one wants to be told."""

    AT_ONCE = "at_once", _("tout de suite")
    DAILY = "daily", _("une fois par jour")
    WEEKLY = "weekly", _("une fois par semaine")
    NEVER = "never", _("jamais")


class NoticeState(models.TextChoices):
    """Waiting, in a letter, or left untold: the person said never, has confirmed no address, or it was taken back."""

    WAITING = "waiting", _("en attente")
    IN_LETTER = "in_letter", _("dans un courriel")
    UNTOLD = "untold", _("pas dite")


class LetterState(models.TextChoices):
    """`SENDING` with a lease that ran out is queued again: its worker was stopped."""

    QUEUED = "queued", _("à envoyer")
    SENDING = "sending", _("en cours d’envoi")
    SENT = "sent", _("parti")
    FAILED = "failed", _("pas parti")
