"""Words with a fixed list."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Result(models.TextChoices):
    """How a measure ended up, against its objective. The words of the field's own account of May 2022."""

    EXCEEDED = "exceeded", _("objectif dépassé")
    MET = "met", _("objectif atteint")
    PARTLY = "partly", _("partiellement atteint")
    NOT_MET = "not_met", _("non atteint")
    NOT_REPORTED = "not_reported", _("non renseigné")


# What a report may say. A report that does not qualify the result says nothing of it.
TOLD = (Result.EXCEEDED, Result.MET, Result.PARTLY, Result.NOT_MET)


class DraftState(models.TextChoices):
    """The life of a report before it is published."""

    DRAFT = "draft", _("brouillon")
    SUBMITTED = "submitted", _("transmis au secrétariat")
    PUBLISHED = "published", _("publié")
    DROPPED = "dropped", _("abandonné")


# From where to where, and nothing else.
MOVES: dict[str, frozenset[str]] = {
    DraftState.DRAFT: frozenset({DraftState.SUBMITTED, DraftState.PUBLISHED, DraftState.DROPPED}),
    DraftState.SUBMITTED: frozenset({DraftState.DRAFT, DraftState.PUBLISHED, DraftState.DROPPED}),
    DraftState.PUBLISHED: frozenset(),
    DraftState.DROPPED: frozenset(),
}


class ReminderKind(models.TextChoices):
    """When a mail goes to those who report on a measure."""

    BEFORE = "before", _("avant l’échéance")
    AFTER = "after", _("après l’échéance")
