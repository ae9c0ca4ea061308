"""The worlds that meet in an alliance, and what they exchange."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sphere(models.TextChoices):
    """Three circles first, and those that help them meet."""

    ASSOCIATION = "association", _("association")
    ENTREPRISE = "entreprise", _("entreprise")
    COLLECTIVITE = "collectivite", _("collectivité")
    ETAT = "etat", _("État")
    ACADEMIQUE = "academique", _("académique")
    CITOYENS = "citoyens", _("citoyens")


class Exchange(models.TextChoices):
    """What is sought and what is brought. The order is that of the bits kept by `matching`: add at the end only."""

    SKILLS = "skills", _("compétences et bénévolat")
    FUNDING = "funding", _("financement et mécénat")
    PREMISES = "premises", _("locaux")
    EQUIPMENT = "equipment", _("matériel")
    DATA = "data", _("données")
    PILOT_SITE = "pilot_site", _("terrain d’expérimentation")
    AUDIENCE = "audience", _("audience et relais")
    JOINT_PURCHASE = "joint_purchase", _("achat groupé")
    OTHER = "other", _("autre")


class Role(models.TextChoices):
    """What a person may do for an organisation."""

    MEMBER = "member", _("membre")
    ADMINISTRATOR = "administrator", _("administration")


class Way(models.TextChoices):
    """By which proof somebody came to act for an organisation."""

    DOMAIN = "domain", _("par le nom de domaine du courriel")
    INVITATION = "invitation", _("sur invitation")
    MODERATION = "moderation", _("par le secrétariat")


class ClaimStatus(models.TextChoices):
    """A claim goes from one of the first two to one of the others, and no further."""

    CODE = "code", _("code envoyé")
    WAITING = "waiting", _("à examiner")
    ACCEPTED = "accepted", _("acceptée")
    REFUSED = "refused", _("non retenue")
    WITHDRAWN = "withdrawn", _("retirée")


class HumanWealth(models.TextChoices):
    """First pillar of a socio-economic model: who makes it live."""

    EMPLOYEES = "employees", _("salariés")
    VOLUNTEERS = "volunteers", _("bénévoles")
    MEMBERS = "members", _("adhérents ou habitants engagés")
    SKILLS_PATRONAGE = "skills_patronage", _("mécénat de compétences")
    CIVIC_SERVICE = "civic_service", _("services civiques, stagiaires, apprentis")
    EXPERTS = "experts", _("experts et anciens")


class FinancialResource(models.TextChoices):
    """Second pillar: what it lives on."""

    PUBLIC = "public", _("financements publics")
    PATRONAGE = "patronage", _("mécénat et fondations")
    DONATIONS = "donations", _("dons de particuliers")
    FEES = "fees", _("cotisations")
    SALES = "sales", _("ventes et prestations")
    INVESTMENT = "investment", _("prêts, apports, investissement")


class AllianceKind(models.TextChoices):
    """Third pillar: with whom, and how far, it acts together."""

    PATRONAGE = "patronage", _("mécénat et soutien")
    PRACTICES = "practices", _("pratiques responsables (achats, emploi, environnement)")
    ECONOMIC = "economic", _("coopération économique")
    INNOVATION = "innovation", _("innovation et expérimentation")
    NETWORK = "network", _("réseau ou fédération")
    PUBLIC = "public", _("co-construction avec une collectivité")
