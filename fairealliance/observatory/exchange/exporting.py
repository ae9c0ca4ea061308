"""Surveys written out in the layout they are read in: one row per figure, each row whole."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from fairealliance.lib.tabular import inert
from fairealliance.lib.tabular.writing import Cell, Sheet, csv_text, workbook
from fairealliance.observatory.downloads import decimal_text
from fairealliance.observatory.exchange.layout import COLUMNS, NAMES, actor_word, sign_word, state_word, topic_word
from fairealliance.observatory.exchange.series import rows_of_series
from fairealliance.observatory.models import Question, Result, Study
from fairealliance.provenance.models import Source

_NUMBERS = ("echantillon", "part", "effectif", "marge", "serie_rang", "vague")
_PLACES = {name: place for place, name in enumerate(NAMES)}
_WIDTH = 24
_EXPLAINED = (_WIDTH, 14, 80, 40)


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
    rows = ([row.get(name, "") for name in NAMES] for row in rows_of(studies))
    return csv_text(chain([NAMES], rows))


def as_workbook(studies: Iterable[Study]) -> bytes:
    """The rows, and a sheet that says what goes in each column; without studies, the empty template."""
    figures = map(_cells, rows_of(studies))
    return workbook(
        [
            Sheet("résultats", chain([NAMES], figures), widths=[_WIDTH] * len(NAMES), frozen="C2"),
            Sheet("Mode d’emploi", _explained(), widths=_EXPLAINED, wrapped=True),
        ]
    )


def _explained() -> Iterator[tuple[str | None, ...]]:
    yield ("colonne", "obligatoire", "ce qu’on y écrit", "exemple")
    for column in COLUMNS:
        yield (column.name, "oui" if column.needed else None, str(column.words), inert(column.example) or None)


def _cells(row: dict[str, str]) -> list[Cell]:
    """None for an empty one: it is not written at all."""
    cells: list[Cell] = [None] * len(NAMES)
    for name, text in row.items():
        if text:
            cells[_PLACES[name]] = _cell(name, text)
    return cells


@lru_cache(maxsize=4096)  # what is said of a study stands on each of its rows
def _cell(name: str, text: str) -> Cell:
    if name in _NUMBERS:
        number = float(text.replace(",", "."))
        return int(number) if number.is_integer() else number
    return inert(text)


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
        "note_chiffre": result.note,
        **_source(result.source, "source"),
        "source_page": result.source_url,
        "passage": result.source_passage,
    }


def _source(source: Source | None, prefix: str) -> dict[str, str]:
    if source is None:
        return {}
    return {prefix: source.slug, f"{prefix}_nom": source.label, f"{prefix}_site": source.url}
