"""Who may do what."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor, System


def can_edit_hub(by: Actor) -> bool:
    """May write organisations, practices, resources, territories and figures."""
    return isinstance(by, System) or (by.is_active and by.is_secretariat)


def require_hub_editor(by: Actor) -> None:
    """Raises PermissionDenied with a French message unless `can_edit_hub`."""
    if not can_edit_hub(by):
        raise PermissionDenied(_("Seul le secrétariat peut modifier ce que contient la plateforme."))
