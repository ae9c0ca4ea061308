"""Words of introductions. Why one is declined is `matching.enums.RefusalReason`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    ASKED = "asked", _("demandée")
    ACCEPTED = "accepted", _("acceptée")
    TALKING = "talking", _("échange en cours")
    BEGUN = "begun", _("alliance commencée")
    DECLINED = "declined", _("déclinée")
    WITHDRAWN = "withdrawn", _("retirée")
    ENDED = "ended", _("terminée")
    SILENT = "silent", _("close, faute de réponse")


class Side(models.TextChoices):
    """The two organisations, as they stood when it was asked. A catalyst who asks for both is neither."""

    ASKER = "asker", _("qui demande")
    ASKED = "asked", _("qui est sollicitée")


def other(side: str) -> Side:
    return Side.ASKED if side == Side.ASKER else Side.ASKER


class Owing(models.TextChoices):
    """Who owes an answer."""

    ASKER = "asker", _("qui demande")
    ASKED = "asked", _("qui est sollicitée")
    BOTH = "both", _("les deux")
    NOBODY = "", _("personne")


class Route(models.TextChoices):
    """How two organisations came to be put in touch."""

    ALONE = "alone", _("directement")
    CATALYST = "catalyst", _("par un catalyseur")


class EndReason(models.TextChoices):
    """Why it ended, told without blame. The last two are the hub's own."""

    DONE = "done", _("nous avons fait ce que nous voulions faire")
    NO_FIT = "no_fit", _("nos attentes ne se rejoignent pas")
    NO_TIME = "no_time", _("nous n’avons pas trouvé le temps")
    NO_MEANS = "no_means", _("les moyens ont manqué")
    PEOPLE = "people", _("les personnes ont changé")
    OTHER = "other", _("autre raison")
    MERGED = "merged", _("les deux fiches n’en font plus qu’une, ou l’échange continue ailleurs")
    GONE = "gone", _("une des deux organisations n’est plus sur le site")


class Lives(models.TextChoices):
    """Does the alliance live?"""

    YES = "yes", _("oui, elle vit")
    PAUSED = "paused", _("elle est en pause")
    NO = "no", _("non, elle s’est arrêtée")


class Changed(models.TextChoices):
    """What did it change?"""

    MUCH = "much", _("beaucoup")
    SOME = "some", _("un peu")
    NOTHING = "nothing", _("rien pour l’instant")
    EARLY = "early", _("il est trop tôt pour le dire")


class Cut(models.TextChoices):
    """By what alliances that were asked how they are doing are told apart."""

    WHOLE = "whole", _("Ensemble")
    ROUTE = "route", _("Par quelle voie")
    KIND = "kind", _("Forme")
    REGION = "region", _("Région")


class StepKind(models.TextChoices):
    """What is done when nobody answers."""

    REMINDER = "reminder", _("rappel")
    WARNING = "warning", _("un tiers est prévenu")
    CLOSING = "closing", _("clôture")


class Outcome(models.TextChoices):
    """What became of a step."""

    DONE = "done", _("fait")
    MERGED = "merged", _("réuni avec le suivant")
    NEEDLESS = "needless", _("sans objet : une réponse est venue")
    NOBODY = "nobody", _("non envoyé")
