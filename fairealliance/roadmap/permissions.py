"""Who may do what: the secretariat everything, a measure's correspondents write and submit its reports."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor, System
from fairealliance.accounts.permissions import can_edit_hub
from fairealliance.roadmap.models import Correspondent, Measure


def can_report(by: Actor, measure: Measure) -> bool:
    """May write a report of this measure and submit it."""
    if can_edit_hub(by):
        return True
    if isinstance(by, System) or not by.is_active:
        return False
    return Correspondent.objects.filter(measure=measure, user=by).exists()


def require_report(by: Actor, measure: Measure | None) -> None:
    """Raises PermissionDenied unless `can_report`. Without a measure, the secretariat alone."""
    if can_edit_hub(by) or (measure is not None and can_report(by, measure)):
        return
    raise PermissionDenied(_("Seuls les correspondants de cette mesure et le secrétariat peuvent rédiger ce bilan."))
