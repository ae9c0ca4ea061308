"""The spheres as a reader sees them: a word and a shape each, so that colour is never the only sign."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Look:
    """Word shown to people, and the file of `components/sphere/shapes/` that draws it."""

    label: Promise
    shape: str


LOOKS: dict[str, Look] = {
    "association": Look(_("Association"), "circle"),
    "entreprise": Look(_("Entreprise"), "square"),
    "collectivite": Look(_("Collectivité"), "triangle"),
    "etat": Look(_("État"), "diamond"),
    "academique": Look(_("Académique"), "star"),
    "citoyens": Look(_("Citoyens"), "ring"),
}
