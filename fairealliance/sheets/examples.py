"""Challenges of the home page, as people say them, each on a real territory of another size."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Example:
    """A territory of the official geography and a challenge."""

    ref: str
    name: str
    challenge: str | Promise


EXAMPLES = (
    Example("commune:42218", "Saint-Étienne", _("des jeunes décrochent de l’école")),
    Example("commune:58194", "Nevers", _("le dernier médecin part à la retraite")),
    Example("commune:23096", "Guéret", _("les commerces du centre ferment un à un")),
    Example("commune:2B050", "Calvi", _("les saisonniers ne trouvent pas à se loger")),
    Example("commune:97411", "Saint-Denis", _("nos anciens vivent seuls et ne sortent plus")),
)
