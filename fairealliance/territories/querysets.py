"""Reading territories."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext as _

from fairealliance.territories.enums import Level

if TYPE_CHECKING:
    from fairealliance.territories.models import Territory

# A commune's level is looked for first; what merged into one leads to today's by its former code.
_COMMUNAL = (Level.COMMUNE, Level.DELEGATED, Level.ASSOCIATED, Level.ARRONDISSEMENT)


class TerritoryQuerySet(models.QuerySet["Territory"]):
    """Territories, by reference and by scope."""

    def resolve(self, ref: str) -> "Territory":
        """The territory `level:code` names today, following former codes.

        Raises ValueError (malformed) or Territory.DoesNotExist, both with a French message.
        """
        level, separator, code = ref.strip().partition(":")
        if not separator or level not in Level.values or not code or len(code) > 12:
            raise ValueError(
                _("« %(ref)s » n’est pas un territoire : écrivez par exemple commune:42218.") % {"ref": ref[:60]}
            )
        code = code.upper()
        found = self.filter(level=level, code=code).first()
        if found is None:
            # Codes of the régions of before 2016 are those of départements: the level tells them apart.
            once = Level.COMMUNE if level in _COMMUNAL else level
            found = self.filter(formers__code=code, formers__level=once).order_by("pk").first()
        if found is None:
            raise self.model.DoesNotExist(_("Nous ne connaissons pas de territoire « %(ref)s ».") % {"ref": ref[:60]})
        return found

    def containing(self, territory: "Territory") -> "TerritoryQuerySet":
        """Every ancestor of `territory`."""
        return self.filter(members__child=territory)

    def within(self, territory: "Territory") -> "TerritoryQuerySet":
        """Every descendant of `territory`."""
        return self.filter(memberships__parent=territory)
