"""What an import mends by itself, because it is certain, and how it says so."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Repaired(NamedTuple):
    """A value that was mended, and the kind of mending."""

    value: Any
    kind: str


LEADING_ZERO = "zero-initial"
FORMER_CODE = "ancien-code"
BY_NAME = "retrouve-par-le-nom"
DEPARTEMENT_ONLY = "departement-seul"
SIREN_FROM_SIRET = "siren-tire-du-siret"
LINE_BREAKS = "retours-a-la-ligne"
ESCAPED = "signes-codes"
SHORTENED = "texte-coupe"
IGNORED = "valeur-ecartee"

LABELS = {
    LEADING_ZERO: _("zéro initial remis"),
    FORMER_CODE: _("ancien code de commune suivi jusqu’à celui d’aujourd’hui"),
    BY_NAME: _("commune retrouvée par son nom"),
    DEPARTEMENT_ONLY: _("commune inconnue, rattaché au département"),
    SIREN_FROM_SIRET: _("SIREN tiré du SIRET"),
    LINE_BREAKS: _("retours à la ligne remplacés par des espaces"),
    ESCAPED: _("signes écrits en code (\\x20, \\u2019) remis en clair"),
    SHORTENED: _("texte trop long, coupé"),
    IGNORED: _("valeur écartée, ligne gardée sans elle"),
}
