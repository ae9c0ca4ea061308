"""The progress report as a document: A4, tagged (PDF/UA-1), with contents; made by typst from our template."""

from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.lib.documents import clean, to_pdf
from fairealliance.lib.text_fr import shorten
from fairealliance.roadmap.progress.content import ReportContent

TEMPLATE = Path(__file__).parent.parent / "data" / "progress-report.typ"
_SHOWN_ADDRESS = 110


def render(report: ReportContent, address: str) -> bytes:
    """The PDF of `report`. `address`: the page it is also read at."""
    return to_pdf(TEMPLATE, _content(report, address))


def _content(report: ReportContent, address: str) -> dict[str, Any]:
    told = asdict(report)
    addresses = {"source_url": told.pop("source_url"), "address": address}
    # Addresses are percent-encoded: nothing to clean, and not one sign to lose.
    links = [[url for _label, url in each.pop("illustrations")] for each in told["forces"]]
    labels = [[label for label, _url in each.illustrations] for each in report.forces]
    sources = [each[4] for each in report.statements]
    content = clean({**told, "words": words(report), "shown_address": shorten(unquote(address), _SHOWN_ADDRESS)})
    assert isinstance(content, dict)
    for force, texts, urls in zip(content["forces"], labels, links, strict=True):
        force["illustrations"] = [{"label": clean(text), "url": url} for text, url in zip(texts, urls, strict=True)]
    for statement, url in zip(content["statements"], sources, strict=True):
        statement[4] = url
    return {**content, **addresses}


def words(report: ReportContent) -> dict[str, str]:
    """Titles and labels, the same in PDF and DOCX."""
    return {
        "name": "Faire Alliance",
        "at": _("Situation au %s") % report.day,
        "draft": _standing(report),
        "contents": _("Sommaire"),
        "introduction": _("Introduction"),
        "introduction_on": _("Texte du bilan au %s.") % report.introduction_on if report.introduction_on else "",
        "no_introduction": _("Aucune introduction n’a été publiée à cette date."),
        "workstreams": _("Les chantiers structurels"),
        "progress": _("Avancées"),
        "at_day": _("Situation au"),
        "next": _("Pour aller plus loin"),
        "synthesis": _("Le programme en synthèse"),
        "synthesis_caption": _("Les mesures, leur délai, leurs facilitateurs et leur résultat au %s") % report.day,
        "results": _("Résultats"),
        "measures": _("Les mesures, une à une"),
        "number": _("N°"),
        "measure": _("Mesure"),
        "delay": _("Délai"),
        "facilitators": _("Facilitateurs"),
        "result": _("Résultat"),
        "report": _("Bilan au"),
        "no_report": _("Bilan"),
        "indicators": _("Indicateurs"),
        "forces": _("Les forces du changement"),
        "illustrations": _("Illustrations"),
        "levers": _("Les leviers de déploiement"),
        "unnamed": _unnamed(report.unnamed_levers),
        "said": _("Ce que d’autres en disent"),
        "said_note": _("Rapporté par des sources extérieures ; à lire à côté des bilans publiés, sans s’y mêler."),
        "source": _("Source"),
        "unknown": _("non renseigné"),
        "corrected": _("corrigé le"),
        "reported": _reported(report),
    }


def _standing(report: ReportContent) -> str:
    """When it was issued; else what it is made from."""
    if report.is_issued:
        return _("Bilan établi le %s ; il ne change plus.") % report.issued if report.issued != report.day else ""
    if report.known:
        return _("Situation relue avec ce qui était connu le %s : ce n’est pas le bilan établi.") % report.known
    return _("Ce bilan est établi à partir des bilans publiés à cette date.")


def _unnamed(levers: int) -> str:
    told = ngettext(
        "Les documents comptent %d levier de déploiement, sans le nommer.",
        "Les documents comptent %d leviers de déploiement, sans les nommer.",
        levers,
    )
    return told % levers


def _reported(report: ReportContent) -> str:
    told = ngettext(
        "%(reported)d mesure sur %(total)d a au moins un bilan publié à cette date.",
        "%(reported)d mesures sur %(total)d ont au moins un bilan publié à cette date.",
        report.reported,
    )
    return told % {"reported": report.reported, "total": report.total}
