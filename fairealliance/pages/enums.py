"""The words of the editorial hub: five rubrics, three doors, two ways in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RubricSlug(models.TextChoices):
    """The five rubrics of the space « Alliances & territoires »."""

    NEWS = "actualites", _("Actualités")
    EXAMPLES = "exemples", _("Exemples inspirants")
    STUDIES = "etudes", _("Études & rapports")
    TOOLS = "outils", _("Outils & méthodes")
    SUPPORT = "accompagnement", _("Accompagnement en territoire")


class ArticleKind(models.TextChoices):
    NEWS = "news", _("actualité")
    NOTE = "note", _("note d’étude")
    STORY = "story", _("témoignage")
    METHOD = "method", _("mode d’emploi")
    CALL = "call", _("appel")


class Door(models.TextChoices):
    """S’informer, se former, agir; and the two publics, each with its own way in."""

    LEARN = "informer", _("S’informer")
    TRAIN = "former", _("Se former")
    ACT = "agir", _("Agir")
    PUBLIC = "public", _("Grand public")
    ORGANISATIONS = "organisations", _("Organisations")
