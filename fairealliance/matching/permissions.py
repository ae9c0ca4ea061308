"""Who may say "not for us", and read suggestions: whoever acts for the organisation. The secretariat writes for all."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import can_edit_hub
from fairealliance.organisations.models import Organisation
from fairealliance.organisations.permissions import can_act_for


def can_choose_for(by: Actor, organisation: Organisation | int) -> bool:
    return can_edit_hub(by) or can_act_for(by, organisation)


def require_choice(by: Actor, organisation: Organisation | int) -> None:
    """Raises PermissionDenied with a French message unless `can_choose_for`."""
    if not can_choose_for(by, organisation):
        raise PermissionDenied(_("Seules les personnes qui agissent pour l’organisation le peuvent."))
