"""The report as a document: A4, tagged (PDF/UA-1), with its contents, its map and its sources."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext as _

from fairealliance.lib.dates_fr import in_words
from fairealliance.lib.documents import clean, to_pdf
from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.text_fr import shorten, typeset
from fairealliance.reports import reading
from fairealliance.reports.alliances import ACTING
from fairealliance.reports.report import Case, Perceived, Report, Theme
from fairealliance.sheets.sheet import Line
from fairealliance.territories.portrait import Figure

TEMPLATE = Path(__file__).parent / "data" / "report.typ"
_SHOWN_ADDRESS = 110


def render(report: Report, address: str) -> bytes:
    """The PDF of `report`; `address`: its page."""
    return to_pdf(TEMPLATE, _content(report, address))


def _content(report: Report, address: str) -> dict[str, Any]:
    context = reading.of(report)
    local = context["local_map"]
    words = clean(
        {
            "title": _("Rapport territorial : %s") % report.territory.name,
            "place": report.territory.name,
            "kicker": f"{report.what.capitalize()} · {report.territory.code}",
            "lead": report.lead,
            "date": in_words(report.made_at),
            "shown_address": shorten(unquote(address), _SHOWN_ADDRESS),
            "words": _words(report),
            "facts": report.profile.facts,
            "largest": [
                (name, format_number(people) if people is not None else _("non disponible"))
                for name, _url, people in report.profile.largest
            ],
            "kinds": [
                {"title": title, "parts": [part[:3] for part in parts[:6]], "note": note}
                for title, parts, note in context["kinds"]
            ],
            "figures": [_figure(each) for each in report.profile.figures],
            "unknown": report.profile.unknown,
            "measured": [{**held, "note": note} for held, note in context["measured"]],
            "unmeasured": report.unmeasured,
            "perceived": [_perceived(each, note) for each, note in context["perceived"]],
            "national": context["is_national"],
            "alliances": _alliances(report, context),
            "alike": [(each.name, each.traits[:2]) for each in report.alike],
            "compared_on": report.compared_on,
            "questions": report.questions,
            "notes": [
                {"number": number, "label": note.label, "detail": note.detail} for number, note in context["notes"]
            ],
            "contours": [each.label for each in context["contours"]],
            "map": {"title": local.title, "sentence": local.sentence} if local else None,
        }
    )
    assert isinstance(words, dict)
    # Addresses and drawings are not words: not one sign of them may move.
    urls = [note.url for _number, note in context["notes"]]
    drawings = {"local": local.svg if local else "", "country": str(context["country"])}
    return {**words, "address": address, "urls": urls, "drawings": drawings}


def _words(report: Report) -> dict[str, str]:
    return {
        "of": report.of_name,
        "acting": str(ACTING),
        "where": _("Situation de %s en France") % report.territory.name,
    }


def _figure(figure: Figure) -> dict[str, str]:
    value = figure.text
    if figure.value is not None:
        value = format_number(figure.value, figure.decimals)
    return {
        "label": figure.label,
        "value": f"{value}\u00a0{figure.unit}".rstrip("\u00a0") if not figure.text else value,
        "place": figure.place,
        "source": ", ".join(part for part in (figure.source, figure.vintage) if part),
    }


def _perceived(each: Perceived, note: int) -> dict[str, Any]:
    return {
        "actor": each.actor,
        "question": each.question,
        "place": each.place,
        "when": each.when,
        "answers": [(answer.text, answer.value, answer.width, answer.differs) for answer in each.answers],
        "note": note,
    }


def _alliances(report: Report, context: dict[str, Any]) -> dict[str, Any]:
    done = report.alliances
    return {
        "ready": done.is_ready,
        "counts": [(each.label, format_number(each.number), here, france) for each, here, france in context["counts"]],
        "spheres": [(label, count) for _sphere, label, count in done.spheres],
        "themes": [_theme(each) for each in done.themes],
        "gaps": [_theme(each) for each in done.gaps],
        "silent": done.silent,
        "cases": [_case(each) for each in done.cases],
        "helpers": [_helper(each) for each in done.helpers],
        "invented": done.invented,
        "elsewhere": [_case(each) for each in done.elsewhere],
    }


def _theme(each: Theme) -> tuple[str, int, int]:
    return each.name, each.here, each.alike


def _case(each: Case) -> dict[str, str]:
    kicker = " · ".join(part for part in (each.place, str(each.year or "")) if part)
    return {"title": typeset(each.title), "kicker": kicker, "source": each.source}


def _helper(line: Line) -> dict[str, str]:
    demo = _("contenu inventé") if line.is_demo else ""
    return {"title": line.title, "kicker": " · ".join(filter(None, (demo, line.place, ", ".join(line.reasons))))}
