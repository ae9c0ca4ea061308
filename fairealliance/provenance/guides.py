"""The guides of docs/, as pages of /aide/: one text, read here and in the repository."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from fairealliance.lib.markdown_fr import split_title, to_html

FOLDER = Path(settings.BASE_DIR) / "docs"
# In the order in which somebody new needs them.
FOR_ALL: dict[str, str | Promise] = {
    "mon-compte": _("L’ouvrir, y entrer, le protéger, choisir ses courriels, partir avec ses données."),
    "mon-organisation": _("La trouver ou la créer, montrer que l’on agit pour elle, inviter, remplir sa fiche."),
    "besoins-et-offres": _("Dire ce que l’on cherche ou propose, qui peut le voir, ce que cela devient."),
    "suggestions": _("Avec qui faire alliance, et pourquoi ; ce que l’on écarte."),
    "mises-en-relation": _("Demander, répondre, échanger ; ce qui se passe quand personne ne répond."),
    "catalyseurs": _("Demander un appui, devenir catalyseur, lire la couverture ; médiateurs de l’État."),
}
FOR_FILES: dict[str, str | Promise] = {
    "modele-import": _("Organisations, ressources et exemples : remplir le modèle, l’essayer, l’importer."),
    "observatoire-modele": _("Résultats d’enquêtes : les colonnes du modèle."),
    "observatoire-microdonnees": _("Réponses d’une enquête, une à une : en tirer des tableaux."),
    "feuille-de-route": _("Tenir sa propre feuille de route : dimensions, mesures, bilans."),
    "contours": _("Contours des territoires, pour les cartes."),
}


class Guide(NamedTuple):
    slug: str
    title: str
    summary: str
    address: str


def of(kind: dict[str, str | Promise]) -> list[Guide]:
    """Those that are there: the product may be installed without its documents."""
    return [
        Guide(slug, title, str(summary), reverse("provenance:guide-page", args=[slug]))
        for slug, summary in kind.items()
        if (title := _read(slug)[0])
    ]


def page(slug: str) -> tuple[str, SafeString] | None:
    """Its title, and its text as HTML; None for what is no guide."""
    title, html = _read(slug) if slug in FOR_ALL or slug in FOR_FILES else ("", SafeString())
    return (title, html) if title else None


@cache
def _read(slug: str) -> tuple[str, SafeString]:
    file = FOLDER / f"{slug}.md"
    if not file.is_file():
        return "", SafeString()
    title, text = split_title(file.read_text(encoding="utf-8"))
    return title, mark_safe(to_html(text, address=_address))  # noqa: S308 -- ours; no HTML passes through


def _address(said: str) -> str:
    """Of another guide, its page; of anything else, as it is."""
    name, _dot, _rest = said.partition(".md")
    return reverse("provenance:guide-page", args=[name]) if name in FOR_ALL or name in FOR_FILES else said
