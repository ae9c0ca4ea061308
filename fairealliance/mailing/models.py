"""What is to be told to whom, and the letters that tell it."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fairealliance.mailing.enums import LetterState, NoticeState, Rhythm


class Preference(models.Model):
    """The rhythm one chose for a kind. None chosen: the kind's own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_preferences")
    kind = models.CharField(max_length=50)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["user", "kind"]
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="mail_preference_once")]

    def __str__(self) -> str:
        return f"{self.kind} : {self.get_rhythm_display()}"


def _key() -> str:
    return secrets.token_hex(12)


class Letter(models.Model):
    """One mail to one person, made of one notice or of several. `key` names it to servers of mail: sent again after a
    crash between the sending and the noting, it bears the same Message-ID, and a good server shows it once.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters")
    key = models.CharField(max_length=24, unique=True, default=_key)
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.QUEUED)
    tried = models.PositiveSmallIntegerField(_("essais"), default=0)
    next_try_at = models.DateTimeField(_("prochain essai"))
    error = models.CharField(_("pourquoi"), max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=models.Q(state__in=[LetterState.QUEUED, LetterState.SENDING]),
                name="letters_to_send",
            ),
            models.Index(fields=["state", "-id"], name="letters_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.get_state_display()})"


class Notice(models.Model):
    """`event` happened, and `user` is to be told: person × event, once for ever."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=50)
    event = models.CharField(max_length=120)
    subject = models.CharField(max_length=180)
    text = models.TextField()
    path = models.CharField(_("page à ouvrir"), max_length=300, blank=True)
    # What one does there, and what is said under the button that leads there.
    action = models.CharField(_("ce qu’on y fait"), max_length=60, blank=True)
    after = models.TextField(blank=True)
    origin = models.CharField(_("de la part de"), max_length=120, blank=True)
    reply_to = models.EmailField(_("répondre à"), blank=True)
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.WAITING)
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, related_name="notices")
    due_at = models.DateTimeField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="notice_once")]
        indexes = [
            models.Index(
                fields=["user", "due_at"], condition=models.Q(state=NoticeState.WAITING), name="notices_waiting"
            ),
        ]

    def __str__(self) -> str:
        return self.subject
