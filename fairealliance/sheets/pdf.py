"""The sheet as a document: A4, tagged (PDF/UA-1), made by typst from our template.

What people wrote goes in as data, never as markup: nothing they type can become an instruction of typst.
"""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext as _

from fairealliance.goals.vocabulary import GOALS
from fairealliance.lib.dates_fr import in_words
from fairealliance.lib.documents import clean, to_pdf
from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.text_fr import shorten
from fairealliance.sheets import words
from fairealliance.sheets.sheet import Figure, Line, Section, Sheet, SourceNote, Step

_SHOWN_ADDRESS = 150
_ALIKE = 6
TEMPLATE = Path(__file__).parent / "data" / "sheet.typ"


def render(sheet: Sheet, address: str, *, shared_on: str = "") -> bytes:
    """The PDF of `sheet`. `address`: the page it comes from; `shared_on`: when it was shared."""
    return to_pdf(TEMPLATE, _content(sheet, address, shared_on))


def _content(sheet: Sheet, address: str, shared_on: str) -> dict[str, Any]:
    notes = _Notes()
    composed = in_words(words.moment(sheet.composed_at))
    # In the order of the pages: notes are numbered as they are met.
    steps = [_step(step, notes) for step in sheet.steps]
    figures = [_figure(figure, notes) for figure in sheet.figures]
    sections = [
        {"title": section.title, "gaps": section.gaps, "groups": _groups(section, notes)} for section in sheet.sections
    ]
    content = clean(
        {
            "title": _("Fiche d’action : %(place)s") % {"place": sheet.territory.name},
            "name": "Faire Alliance",
            "kicker": _("Fiche d’action"),
            "words": _words(),
            "place": sheet.territory.name,
            "context": words.territory_line(sheet.territory),
            "challenge": sheet.challenge,
            "read": words.reading_line(sheet),
            "narrowed": words.narrowing_lines(sheet.filters),
            "notices": sheet.notices,
            "figures": figures,
            "figures_gaps": sheet.figures_gaps,
            "comparable": {
                "title": sheet.comparable.title,
                "lines": [
                    {"title": each.title, "reasons": each.reasons[:2]} for each in sheet.comparable.lines[:_ALIKE]
                ],
                "gaps": sheet.comparable.gaps,
            },
            "sections": sections,
            "present": sheet.spheres_present,
            "steps": steps,
            "notes": notes.told,
            "shown_address": shorten(unquote(address), _SHOWN_ADDRESS),
            "date": shared_on or composed,
        }
    )
    assert isinstance(content, dict)
    # Addresses are percent-encoded: nothing to clean, and not one sign to lose.
    return {**content, "address": address}


def _words() -> dict[str, str]:
    return {
        "read": _("Nous avons compris :"),
        "narrowed": _("Limité à :"),
        "demo": _("contenu inventé"),
        "steps": _("Lundi"),
        "figures": _("Données"),
        "figure": _("Chiffre"),
        "value": _("Valeur"),
        "among": _("Parmi les territoires comparables, millésime"),
        "sources": _("Sources"),
    }


class _Notes:
    """Sources numbered in the order they are met, each told once, whatever the page of it a line came from."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, str], tuple[int, SourceNote]] = {}

    def number(self, source: SourceNote) -> int:
        key = (source.label, source.vintage, source.licence)
        return self._numbers.setdefault(key, (len(self._numbers) + 1, source))[0]

    @property
    def told(self) -> list[dict[str, Any]]:
        return [
            {
                "number": number,
                "label": source.label,
                "detail": words.source_detail(source),
                "url": source.url,
            }
            for number, source in self._numbers.values()
        ]


def _groups(section: Section, notes: _Notes) -> list[dict[str, Any]]:
    return [
        {"title": title, "lines": [_line(line, notes) for line in lines]} for title, lines in words.grouped(section)
    ]


def _line(line: Line, notes: _Notes) -> dict[str, Any]:
    return {
        "title": line.title,
        "kicker": " · ".join(part for part in (line.kicker, line.place, str(line.year or "")) if part),
        "summary": line.summary,
        "spheres": [words.sphere(sphere) for sphere in line.spheres],
        "goals": [f"ODD {number} {GOALS[number].short}" for number in line.goals if number in GOALS],
        "reasons": line.reasons,
        "demo": line.is_demo,
        "note": notes.number(line.source),
    }


def _step(step: Step, notes: _Notes) -> dict[str, Any]:
    return {
        "title": step.title,
        "text": step.text,
        "when": step.when,
        "reasons": step.reasons if not step.lines else (),
        "note": notes.number(step.source),
        "lines": [
            {**_line(line, notes), "kicker": _("contenu inventé") if line.is_demo else "", "reasons": line.reasons[:2]}
            for line in step.lines
        ],
    }


def _figure(figure: Figure, notes: _Notes) -> dict[str, Any]:
    if figure.state != "known":
        value = words.state(figure.state)
    elif figure.text:
        value = figure.text
    else:
        value = format_number(figure.number or 0, figure.decimals)
    return {
        "label": figure.label,
        "value": value,
        "unit": figure.unit if figure.state == "known" and not figure.text else "",
        "known": figure.state == "known",
        "place": figure.place,
        "note": notes.number(figure.source),
        "vintage": figure.source.vintage,
    }
