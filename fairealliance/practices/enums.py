"""The words of the field for a case of partnership (field.md, with their sources)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    """Three forms of territorial co-construction."""

    DIALOGUE = "dialogue", _("dialogue territorial")
    PARTNERSHIP = "partnership", _("partenariat")
    EXPERIMENT = "experiment", _("expérimentation collective")


class PartnershipKind(models.TextChoices):
    """Four kinds of partnership (typology of 2010)."""

    MECENAT = "mecenat", _("mécénat")
    RESPONSIBLE = "pratiques_responsables", _("pratiques responsables")
    COOPERATION = "cooperation_economique", _("coopération économique")
    INNOVATION = "innovation_societale", _("innovation sociétale")


class PracticeStage(models.TextChoices):
    IDEA = "idea", _("idée")
    STARTED = "started", _("lancée")
    RUNNING = "running", _("en cours")
    LASTING = "lasting", _("installée dans la durée")
    ENDED = "ended", _("terminée")


class PartnerRole(models.TextChoices):
    LEAD = "lead", _("porteur")
    PARTNER = "partner", _("partenaire")
    FUNDER = "funder", _("financeur")
    CATALYST = "catalyst", _("catalyseur")
    BENEFICIARY = "beneficiary", _("bénéficiaire")
