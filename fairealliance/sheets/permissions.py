"""Who may do what with sheets."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from fairealliance.journal.actions import Author
from fairealliance.sheets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Visitor:
    """Someone who did not sign in. Nothing is kept of who they are."""

    label: str = "visiteur"
    user_id: int | None = None


def can_share(by: Author, sheet: Sheet) -> bool:
    """Anyone may, but only a whole sheet: one made while search is rebuilt would stay poor for ever."""
    return sheet.search_ready


def require_can_share(by: Author, sheet: Sheet) -> None:
    """Raises PermissionDenied with a French message unless `can_share`."""
    if not can_share(by, sheet):
        raise PermissionDenied(
            _(
                "La recherche est en cours de reconstruction : partagez la fiche dans quelques minutes, "
                "quand elle sera entière."
            )
        )
