"""Surveys written out in the layout they are read in: one row per figure, each row whole."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from fairealliance.lib.tabular import inert
from fairealliance.observatory.downloads import decimal_text
from fairealliance.observatory.exchange.layout import COLUMNS, NAMES, actor_word, sign_word, state_word, topic_word
from fairealliance.observatory.exchange.series import rows_of_series
from fairealliance.observatory.models import Question, Result, Study
from fairealliance.provenance.models import Source

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NUMBERS = ("echantillon", "part", "effectif", "marge", "serie_rang", "vague")
_WIDTH = 24
_EXPLAINED = {"A": _WIDTH, "B": 14, "C": 80, "D": 40}


def rows_of(studies: Iterable[Study]) -> Iterator[dict[str, str]]:
    """Studies read with `whole()`, then the series they are waves of: three more queries. Empty cells are left out."""
    told = list(studies)
    for study in told:
        yield from _rows_of_study(study)
    yield from rows_of_series(told)


def _rows_of_study(study: Study) -> Iterator[dict[str, str]]:
    """A study without figures has its row too."""
    own = _study(study)
    questions = list(study.questions.all())
    if not questions:
        yield own
    for question in questions:
        asked = own | _question(question)
        results = list(question.results.all())
        if not results:
            yield asked
        for result in results:
            yield asked | _result(result)


def as_csv(studies: Iterable[Study]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(NAMES)
    writer.writerows([inert(row.get(name, "")) for name in NAMES] for row in rows_of(studies))
    return "\ufeff" + out.getvalue()


def as_workbook(studies: Iterable[Study]) -> bytes:
    """The rows, and a sheet that says what goes in each column; without studies, the empty template."""
    book = Workbook(write_only=True)
    sheet, help_sheet = book.create_sheet("résultats"), book.create_sheet("Mode d’emploi")
    sheet.freeze_panes = "C2"
    for number in range(1, len(NAMES) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
    sheet.append([_styled(sheet, name, font=Font(bold=True)) for name in NAMES])
    for row in rows_of(studies):
        sheet.append([_cell(name, row.get(name, "")) for name in NAMES])
    _explain(help_sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _explain(sheet: Any) -> None:
    for letter, width in _EXPLAINED.items():
        sheet.column_dimensions[letter].width = width
    titles = ("colonne", "obligatoire", "ce qu’on y écrit", "exemple")
    sheet.append([_styled(sheet, title, font=Font(bold=True)) for title in titles])
    top = Alignment(wrap_text=True, vertical="top")
    for column in COLUMNS:
        told = (column.name, "oui" if column.needed else "", str(column.words), inert(column.example))
        sheet.append([_styled(sheet, text, alignment=top) for text in told])


def _styled(sheet: Any, text: str, **style: Any) -> Any:
    cell = WriteOnlyCell(sheet, text)
    for name, value in style.items():
        setattr(cell, name, value)
    return cell


def _cell(name: str, text: str) -> Any:
    """None for an empty one: it is not written at all."""
    if name in _NUMBERS and text:
        number = float(text.replace(",", "."))
        return int(number) if number.is_integer() else number
    return inert(text) or None


def _study(study: Study) -> dict[str, str]:
    return {
        "etude": study.slug,
        "titre": study.title,
        "programme": study.programme,
        "producteur": study.producer,
        "institut": study.institute,
        "commanditaire": study.commissioner,
        "acteur_etude": actor_word(study.actor),
        "debut": study.started,
        "fin": study.ended,
        "dates_dites": study.dates_told,
        "population": study.population,
        "methode": study.method,
        "echantillon": str(study.sample_size or ""),
        "rapport": study.report_url,
        "licence": study.licence,
        "note": study.note,
        **_source(study.source, "source_etude"),
        "source_etude_page": study.source_url,
        "source_etude_passage": study.source_passage,
        "etat": state_word(study.state),
    }


def _question(question: Question) -> dict[str, str]:
    return {
        "question": question.code,
        "sujet": question.label,
        "formulation": question.wording,
        "base": question.base,
        "theme": topic_word(question.topic),
        "unite": question.unit,
        "plusieurs_reponses": "oui" if question.multiple else "non",
    }


def _result(result: Result) -> dict[str, str]:
    return {
        "reponse_code": result.code,
        "reponse": result.answer,
        "dont": result.part_of,
        "acteur": actor_word(result.actor),
        "sous_groupe": result.subgroup,
        "territoire": result.territory.ref if result.territory else "",
        "part": decimal_text(result.share),
        "signe": sign_word(result.sign, secret=result.secret),
        "effectif": str(result.n or ""),
        "marge": decimal_text(result.margin),
        "dit": result.told,
        "ecart": result.differs,
        **_source(result.source, "source"),
        "source_page": result.source_url,
        "passage": result.source_passage,
    }


def _source(source: Source | None, prefix: str) -> dict[str, str]:
    if source is None:
        return {}
    return {prefix: source.slug, f"{prefix}_nom": source.label, f"{prefix}_site": source.url}
