"""The source of a line, in words that stand beside it."""

from django.utils.translation import gettext as _

from fairealliance.provenance.models import Source, Sourced
from fairealliance.sheets.sheet import SourceNote


def of_item(item: Sourced) -> SourceNote:
    """Where `item` (with its source already read) comes from; its own page there when known."""
    if item.source is None:
        return SourceNote(_("Saisie du secrétariat de Faire Alliance"), item.source_url)
    return of_source(item.source, item.source_url)


def of_source(source: Source, url: str = "", vintage: str = "") -> SourceNote:
    """`source`, told at `url` rather than its home when given."""
    return SourceNote(source.label, url or source.url, source.licence, vintage or source.vintage)


def own_advice() -> SourceNote:
    """Advice we wrote ourselves: it has no other source, and says so."""
    return SourceNote(_("Conseil de Faire Alliance"))


def geography() -> SourceNote:
    """Names and memberships of territories."""
    return SourceNote(
        _("Code officiel géographique 2026 (INSEE, DGCL)"),
        "https://www.insee.fr/fr/information/2560452",
        _("Licence Ouverte 2.0"),
        "2026",
    )


def comparison() -> SourceNote:
    """Likeness is our own reckoning on official figures."""
    return SourceNote(_("Rapprochement calculé par Faire Alliance sur les chiffres officiels des territoires"))
