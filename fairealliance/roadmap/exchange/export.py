"""A programme as lines, and those as CSV or XLSX."""

import io
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from fairealliance.lib.tabular.writing import csv_text
from fairealliance.roadmap import editions
from fairealliance.roadmap.exchange import references
from fairealliance.roadmap.exchange.layout import COLUMNS, RESULT_WORDS
from fairealliance.roadmap.models import (
    ChangeForce,
    Dimension,
    Facilitator,
    Illustration,
    Indicator,
    Lever,
    Measure,
    MeasureEdition,
    MeasureReport,
    MeasureTerritory,
    PartEdition,
    Programme,
    Reading,
    Statement,
    Workstream,
    WorkstreamReport,
)
from fairealliance.roadmap.models.reports import Dated
from fairealliance.roadmap.state import started_on, with_organisations

Cells = dict[str, str]
_WIDE = {"titre": 46, "texte": 60, "modalites": 40, "resultats_attendus": 40, "suite": 40, "motif": 30, "reference": 32}


def lines(programme: Programme, on: date | None = None) -> Iterator[Cells]:
    """Every line, in the order of the kinds; what was known on a day when one is given. A fixed number of queries.

    Reports and wordings of measures with all their versions; the other parts as they were that day.
    """
    day = on or timezone.localdate()
    parts = editions.held(programme, day, day)
    since = _told_since(programme)
    told = parts[Programme][0] if parts[Programme] else programme
    yield _filled(
        "programme",
        numero=programme.slug,
        titre=told.title,
        texte=told.description,
        debut=told.started_on,
        fin=told.ended_on,
        rythme=told.rhythm,
        source=told.source_label,
        adresse=told.source_url,
    )
    for each in parts[Dimension]:
        low, high = each.delay_min, each.delay_max
        yield _filled("dimension", **_numbered(each, told, since), delai_min=low, delai_max=high)
    for each in parts[Workstream]:
        yield _filled("chantier", **_numbered(each, told, since))
    yield from _measures(programme, parts, since, day)
    yield from _reports(programme, day)
    yield from _conditions(parts, told, since)
    for each in parts[Statement]:
        if each.dated_on > day:
            continue
        counted = " ; ".join(f"{word} {each.counts[key]}" for key, word in RESULT_WORDS.items() if key in each.counts)
        yield _filled(
            "declaration",
            numero=each.code,
            titre=each.title,
            texte=each.text,
            date=each.dated_on,
            date_version=_unless(each, since, each.dated_on),
            resultat=counted,
            source=each.source_label,
            adresse=each.source_url,
        )
    for report in programme.progress_reports.filter(issued_on__lte=day).defer("content"):
        yield _filled("introduction", **_dated(report), titre=report.title)


Since = dict[tuple[str, int], date]


def _told_since(programme: Programme) -> Since:
    """From when each part could be read."""
    first = PartEdition.objects.filter(programme=programme, number=1)
    return {(kind, row): since for kind, row, since in first.order_by("id").values_list("kind", "row", "since")}


def _unless(row: Any, since: Since, usual: date) -> date | None:
    """From when it could be read, unless that goes without saying."""
    told = since.get((editions.kind_of(type(row)), row.pk), usual)
    return None if told == usual else told


def _numbered(row: Any, programme: Programme, since: Since) -> dict[str, Any]:
    told = {"numero": row.number, "titre": row.title, "texte": row.text}
    return {**told, "date_version": _unless(row, since, programme.started_on)}


def to_csv(programme: Programme, on: date | None = None) -> bytes:
    rows = ([line.get(column, "") for column in COLUMNS] for line in lines(programme, on))
    return csv_text(chain([COLUMNS], rows)).encode()


def to_xlsx(programme: Programme, on: date | None = None) -> bytes:
    """One sheet, cells as text: dates and codes come back as they left."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Feuille de route")
    sheet.freeze_panes = "B2"
    for place, column in enumerate(COLUMNS):
        letter = chr(65 + place) if place < 26 else f"A{chr(65 + place - 26)}"
        sheet.column_dimensions[letter].width = _WIDE.get(column, 14)
    sheet.append([_cell(sheet, column, bold=True) for column in COLUMNS])
    for line in lines(programme, on):
        sheet.append([_cell(sheet, line.get(column, "")) for column in COLUMNS])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, text or None)
    if text:
        cell.data_type = "s"  # never a formula, whatever it begins with
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell


def _filled(kind: str, **cells: Any) -> Cells:
    texts = {column: _text(value) for column, value in cells.items()}
    return {"ligne": kind, **{column: text for column, text in texts.items() if text}}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
    return str(value)


def _dated(report: Dated) -> dict[str, Any]:
    """What all reports share."""
    told = {"texte": report.text, "motif": report.reason}
    return {"date": report.dated_on, "version": report.version, "date_version": report.issued_on, **told}


def _measures(programme: Programme, parts: dict[type[Any], list[Any]], since: Since, day: date) -> Iterator[Cells]:
    begun: dict[int, date] = {}
    rows = MeasureEdition.objects.filter(measure__programme=programme, since__lte=day).select_related("measure")
    for edition in rows.order_by("measure__number", "number"):
        said = edition.wording
        start = (
            started_on([edition], edition) if edition.number == 1 or "started_on" in said else begun[edition.measure_id]
        )
        before = begun.get(edition.measure_id)
        begun[edition.measure_id] = start
        yield _filled(
            "mesure",
            numero=edition.measure.number,
            titre=said["title"],
            texte=said["objective"],
            modalites=said["ways"],
            resultats_attendus=said["expected"],
            dimension=edition.dimension,
            chantier=edition.workstream,
            delai_min=said["delay_min"],
            delai_max=said["delay_max"],
            debut=start if start != before else None,
            version=edition.number,
            date_version=edition.since if edition.number > 1 or edition.since != start else None,
            motif=edition.reason,
        )
    numbers = dict(programme.measures.values_list("pk", "number"))
    for each in _in_order(with_organisations(parts[Facilitator]), numbers):
        usual = each.since or begun.get(each.measure_id, day)
        yield _filled(
            "facilitateur",
            mesure=numbers[each.measure_id],
            titre=each.name,
            reference=references.of_organisation(each.organisation),
            debut=each.since,
            fin=each.until,
            date_version=_unless(each, since, usual),
        )
    for each in _in_order(parts[Indicator], numbers):
        yield _filled(
            "indicateur",
            mesure=numbers[each.measure_id],
            numero=each.code,
            titre=each.label,
            unite=each.unit,
            depart=each.baseline,
            date_depart=each.baseline_on,
            cible=each.target,
            date_cible=each.target_on,
            date_version=_unless(each, since, begun.get(each.measure_id, day)),
        )
    yield from _links(programme, numbers)


def _in_order(rows: Iterable[Any], numbers: dict[int, int]) -> list[Any]:
    return sorted(rows, key=lambda row: (numbers[row.measure_id], row.pk))


def _links(programme: Programme, numbers: dict[int, int]) -> Iterator[Cells]:
    found: list[tuple[int, str]] = []
    rows = MeasureTerritory.objects.filter(measure__programme=programme).select_related("territory")
    found += [(numbers[row.measure_id], f"territoire:{row.territory.ref}") for row in rows]
    measures = Measure.objects.filter(programme=programme)
    for measure in measures.prefetch_related("practices__source", "resources__source"):
        found += [(measure.number, references.of_sourced("pratique", each)) for each in measure.practices.all()]
        found += [(measure.number, references.of_sourced("ressource", each)) for each in measure.resources.all()]
        found += [(measure.number, f"etude:{slug}") for slug in measure.studies]
    for number, reference in sorted(found):
        yield _filled("lien", mesure=number, reference=reference)


def _reports(programme: Programme, day: date) -> Iterator[Cells]:
    reports = MeasureReport.objects.filter(measure__programme=programme, issued_on__lte=day).select_related("measure")
    for report in reports.order_by("measure__number", "dated_on", "version"):
        result = RESULT_WORDS.get(report.result, "")
        told = {"resultat": result, "suite": report.next_steps, "auteur": report.author}
        yield _filled("bilan", mesure=report.measure.number, **_dated(report), **told)
    readings = Reading.objects.filter(report__measure__programme=programme, report__issued_on__lte=day)
    readings = readings.filter(indicator__removed_on=None)  # its line is not there to name
    readings = readings.select_related("report__measure", "indicator")
    for reading in readings.order_by("report__measure__number", "report__dated_on", "report__version", "indicator__pk"):
        yield _filled(
            "releve",
            mesure=reading.report.measure.number,
            numero=reading.indicator.code,
            date=reading.report.dated_on,
            version=reading.report.version,
            valeur=reading.value,
        )
    streams = WorkstreamReport.objects.filter(workstream__programme=programme, issued_on__lte=day).select_related(
        "workstream"
    )
    for each in streams.order_by("workstream__number", "dated_on", "version"):
        yield _filled("avancement", chantier=each.workstream.number, **_dated(each))


def _conditions(parts: dict[type[Any], list[Any]], programme: Programme, since: Since) -> Iterator[Cells]:
    for force in parts[ChangeForce]:
        yield _filled("force", **_numbered(force, programme, since))
    for lever in parts[Lever]:
        yield _filled("levier", **_numbered(lever, programme, since))
    numbers = {model: {each.pk: each.number for each in parts[model]} for model in (ChangeForce, Lever)}
    for each in sorted(parts[Illustration], key=lambda each: (each.lever_id is not None, each.pk)):
        column, model, owner = (
            ("force", ChangeForce, each.force_id) if each.force_id else ("levier", Lever, each.lever_id)
        )
        if owner not in numbers[model]:
            continue
        told = {"titre": each.label, "adresse": each.url, "debut": each.since}
        usual = each.since or programme.started_on
        yield _filled(
            "illustration", **{column: numbers[model][owner]}, **told, date_version=_unless(each, since, usual)
        )
