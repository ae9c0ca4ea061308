"""A series as a table and as JSON: one row per thing a source tells."""

import io
import json
from datetime import UTC, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from fairealliance.lib.tabular import inert
from fairealliance.lib.tabular.writing import csv_text
from fairealliance.observatory.citation import updated_of
from fairealliance.observatory.figures import Figure
from fairealliance.observatory.models import Result
from fairealliance.observatory.waves import SeriesView, Wave

COLUMNS = (
    *("serie", "etude", "titre", "terrain", "question", "formulation", "base", "acteur", "sous_groupe", "reponse"),
    *("part", "signe", "unite", "effectif", "marge", "dit", "ecart", "note", "rupture", "rupture_mots"),
    *("source", "source_adresse", "passage"),
)


def rows_of(view: SeriesView) -> list[dict[str, str]]:
    return [_row(view, wave, result) for wave, figure in view.rows() for result in figure.tellings]


def as_csv(view: SeriesView) -> str:
    return csv_text([COLUMNS, *([row[name] for name in COLUMNS] for row in rows_of(view))])


def as_workbook(view: SeriesView, citation: str) -> bytes:
    book = Workbook()
    sheet, about = book.active, book.create_sheet("À propos")
    assert isinstance(sheet, Worksheet)
    sheet.title = "série"
    sheet.append(list(COLUMNS))
    for row in rows_of(view):
        sheet.append([_cell(name, row[name]) for name in COLUMNS])
    for title in sheet[1]:
        title.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for line in (view.series.title, view.sentence, citation):
        about.append([inert(line)])
    book.properties.created = book.properties.modified = updated_of(view).astimezone(UTC).replace(tzinfo=None)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_json(view: SeriesView, address: str, citation: str) -> str:
    """Numbers are numbers, null is not known."""
    return json.dumps(series_facts(view, address, citation), ensure_ascii=False, indent=1)


def series_facts(view: SeriesView, address: str, citation: str) -> dict[str, Any]:
    return {
        "slug": view.series.slug,
        "title": view.series.title,
        "headline": view.series.headline,
        "sentence": view.sentence,
        "note": view.series.note,
        "url": address,
        "updated_at": _moment(updated_of(view)),
        "citation": citation,
        "waves": [_wave(wave) for wave in view.waves],
    }


def figure_facts(figure: Figure) -> dict[str, Any]:
    first = figure.first
    return {
        "code": first.code,
        "answer": first.answer,
        "part_of": first.part_of,
        "actor": first.actor,
        "subgroup": first.subgroup,
        "territory": first.territory.ref if first.territory else None,
        "unit": figure.unit.value,
        "words": figure.words,
        "disagreements": figure.disagreements,
        "tellings": [_telling(result) for result in figure.tellings],
    }


def _telling(result: Result) -> dict[str, Any]:
    return {
        "share": None if result.share is None else float(result.share),
        "sign": result.sign,
        "secret": result.secret,
        "answer": result.answer,
        "n": result.n,
        "margin": None if result.margin is None else float(result.margin),
        "told": result.told,
        "differs": result.differs,
        "note": result.note,
        "source": result.source.label if result.source else "",
        "source_url": result.source_url or (result.source.url if result.source else ""),
        "passage": result.source_passage,
    }


def _wave(wave: Wave) -> dict[str, Any]:
    return {
        "study": wave.study.slug,
        "title": wave.study.title,
        "started": wave.study.started,
        "ended": wave.study.ended,
        "when": wave.study.when,
        "sample_size": wave.study.sample_size,
        "question": wave.question.label,
        "wording": wave.question.wording,
        "base": wave.question.base,
        "break": {"kinds": list(wave.kinds), "why": wave.why} if wave.number else None,
        "figures": [figure_facts(figure) for figure in wave.figures],
    }


def _row(view: SeriesView, wave: Wave, result: Result) -> dict[str, str]:
    telling = _telling(result)
    return {
        "serie": view.series.slug,
        "etude": wave.study.slug,
        "titre": wave.study.title,
        "terrain": wave.study.when,
        "question": wave.question.label,
        "formulation": wave.question.wording,
        "base": wave.question.base,
        "acteur": result.actor,
        "sous_groupe": result.subgroup,
        "reponse": result.answer,
        "part": decimal_text(result.share),
        "signe": "secret" if result.secret else result.sign if result.share is not None else "",
        "unite": wave.question.unit,
        "effectif": str(result.n or ""),
        "marge": decimal_text(result.margin),
        "dit": result.told,
        "ecart": result.differs,
        "note": result.note,
        "rupture": " ".join(wave.kinds) if wave.number else "",
        "rupture_mots": wave.why if wave.number else "",
        "source": telling["source"],
        "source_adresse": telling["source_url"],
        "passage": result.source_passage,
    }


def decimal_text(value: Any) -> str:
    """84.00 → `84`, 7.10 → `7,1`, None → ""."""
    if value is None:
        return ""
    return f"{value.normalize():f}".replace(".", ",")


def _cell(name: str, text: str) -> Any:
    if name in ("part", "effectif", "marge") and text:
        return float(text.replace(",", "."))
    return inert(text)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
