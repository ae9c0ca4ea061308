"""Counts of an import in words."""

from typing import Any

from django.utils.translation import gettext as _

from fairealliance.federation.mapping import kinds
from fairealliance.federation.repairs import LABELS


def labels() -> dict[str, str]:
    """Kind of file, or of what comes with the product → its name."""
    ours = {"demo": _("Contenu de démonstration"), "starter": _("Contenu de départ")}
    return ours | {kind: mapping.label for kind, mapping in kinds().items()}


def counted(counts: dict[str, Any]) -> list[tuple[str, int]]:
    """Words and number; what is zero is left out, but for what was read."""
    if not counts:
        return []
    words = [
        ("read", _("lignes lues")),
        ("created", _("nouvelles fiches")),
        ("updated", _("fiches mises à jour")),
        ("unchanged", _("déjà à jour")),
        ("grouped", _("regroupées")),
        ("kept", _("champs corrigés au bureau, gardés")),
        ("duplicates", _("doublons")),
        ("rejected", _("lignes rejetées")),
    ]
    found = [(label, int(counts.get(name, 0))) for name, label in words if counts.get(name) or name == "read"]
    mended = counts.get("repaired") or {}
    return [*found, *[(str(LABELS.get(kind, kind)), int(count)) for kind, count in mended.items()]]
