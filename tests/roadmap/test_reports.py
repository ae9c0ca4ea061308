"""Reports are dated, versioned, and never altered; the state of any day can be read again."""

import re
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.journal.models import Change, Entry
from fairealliance.roadmap import immutable
from fairealliance.roadmap.actions import measures, programmes, publishing
from fairealliance.roadmap.actions.refusals import Moved, Refused
from fairealliance.roadmap.compare import compare
from fairealliance.roadmap.enums import Result
from fairealliance.roadmap.models import Measure, MeasureEdition, MeasureReport, Programme, Reading
from fairealliance.roadmap.progress import pdf
from fairealliance.roadmap.progress.content import ReportContent, compose
from fairealliance.roadmap.state import read, read_measure
from tests.poppler import needs_poppler

START = date(2022, 1, 1)
DAY = date(2022, 6, 1)


def report(measure: Measure, **told) -> MeasureReport:
    """Public the very day it tells of, unless told otherwise."""
    told = {"dated_on": DAY, "text": "Le site est ouvert.", **told}
    if not told.get("reason"):
        told.setdefault("issued_on", told["dated_on"])
    return publishing.publish_measure_report(by=SYSTEM, measure=measure, **told)


def test_the_result_is_that_of_the_latest_report(measure: Measure) -> None:
    report(measure, result=Result.PARTLY)
    report(measure, dated_on=date(2023, 6, 1), result=Result.EXCEEDED)
    programme = measure.programme
    assert read_measure(programme, 1, date(2022, 5, 31)).result == Result.NOT_REPORTED
    assert read_measure(programme, 1, date(2022, 6, 1)).result == Result.PARTLY
    assert read_measure(programme, 1).result == Result.EXCEEDED
    assert read(programme).counts == {
        Result.EXCEEDED: 1, Result.MET: 0, Result.PARTLY: 0, Result.NOT_MET: 0, Result.NOT_REPORTED: 1,
    }  # fmt: skip
    assert Change.objects.filter(kind="measure", key=str(measure.pk)).exists()
    assert Entry.objects.filter(verb="report-published").count() == 2


def test_a_correction_leaves_what_was_read_before(measure: Measure) -> None:
    report(measure, result=Result.EXCEEDED)
    report(measure, result=Result.MET, reason="Un chiffre était faux.", issued_on=date(2022, 9, 1))
    programme = measure.programme
    assert read_measure(programme, 1, date(2022, 8, 31)).result == Result.EXCEEDED
    now = read_measure(programme, 1, date(2022, 9, 1))
    assert (now.result, len(now.reports), now.report.version) == (Result.MET, 1, 2)


def test_what_is_published_is_published_once(measure: Measure) -> None:
    report(measure)
    with pytest.raises(Refused, match="déjà publié"):
        report(measure)
    with pytest.raises(Refused, match="à corriger"):
        report(measure, dated_on=date(2022, 7, 1), reason="Rien à corriger.")
    with pytest.raises(Refused, match="avant la date dont il parle"):
        report(measure, reason="Avant même le premier.", issued_on=date(2022, 1, 2))
    report(measure, reason="Une faute.", issued_on=date(2022, 9, 1))
    with pytest.raises(Refused, match="plus ancienne"):
        report(measure, reason="Avant la première correction.", issued_on=date(2022, 8, 1))


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"dated_on": date(2021, 12, 31)}, "avant le début de la mesure"),
        ({"dated_on": date(2999, 1, 1)}, "avenir"),
        ({"text": "  "}, "vide"),
        ({"result": "superbe"}, "résultat connu"),
        ({"readings": {"rien": Decimal(1)}}, "indicateur"),
    ],
)
def test_a_report_that_cannot_be_is_refused(measure: Measure, told: dict, message: str) -> None:
    with pytest.raises(Refused, match=message):
        report(measure, **told)
    assert not MeasureReport.objects.exists()


def test_only_the_secretariat_publishes(measure: Measure, facilitator: User, outsider: User) -> None:
    measures.add_correspondent(by=SYSTEM, measure=measure, user=facilitator)
    for person in (facilitator, outsider):
        with pytest.raises(PermissionDenied):
            publishing.publish_measure_report(by=person, measure=measure, dated_on=DAY, text="Fait.")


def _attacks(measure: Measure) -> list:
    made = report(measure, result=Result.MET)
    indicator = measure.indicators.create(code="cas", label="Cas")
    reading = Reading.objects.create(report=made, indicator=indicator, value=1)
    rows = MeasureReport.objects.filter(pk=made.pk)
    return [
        lambda: rows.update(result=Result.EXCEEDED),
        lambda: made.delete() if not made.readings.exists() else rows._raw_delete("default"),
        lambda: _sql(f"UPDATE roadmap_measurereport SET text = 'autre' WHERE id = {made.pk}"),
        lambda: _sql(f"DELETE FROM roadmap_reading WHERE id = {reading.pk}"),
        lambda: MeasureEdition.objects.filter(measure=measure).update(reason="autre"),
    ]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="no other database replaces a row without deleting it")
def test_a_report_is_not_replaced_either(measure: Measure) -> None:
    made = report(measure, result=Result.MET)
    columns = "dated_on, version, issued_on, text, reason, recorded_at, measure_id, next_steps, author, result"
    told = columns.replace("text,", "'autre',")
    for number in (made.pk, made.pk + 1000):  # by its number, then by its measure, date and version
        with pytest.raises(IntegrityError, match="never altered"), transaction.atomic():
            _sql(
                f"INSERT OR REPLACE INTO roadmap_measurereport (id, {columns})"
                f" SELECT {number}, {told} FROM roadmap_measurereport WHERE id = {made.pk}"
            )
    assert [(each.pk, each.text) for each in MeasureReport.objects.all()] == [(made.pk, made.text)]


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_any_change_of_a_report(measure: Measure) -> None:
    for attack in _attacks(measure):
        with pytest.raises(IntegrityError, match="never altered"), transaction.atomic():
            attack()


def test_without_the_triggers_it_would_not(measure: Measure) -> None:
    """Control: the same attacks pass once the guarantee is taken away."""
    with connection.cursor() as cursor:
        for table in immutable.TABLES:
            for act in ("UPDATE", "DELETE"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {table}_no_{act}{on}")
    _attacks(measure)[0]()
    assert MeasureReport.objects.get().result == Result.EXCEEDED


@pytest.mark.skipif(connection.vendor != "postgresql", reason="no other database empties a table at once")
@pytest.mark.parametrize("table", immutable.TABLES)
def test_the_database_refuses_to_be_emptied(measure: Measure, table: str) -> None:
    _sql("SET CONSTRAINTS ALL IMMEDIATE")  # what awaits the end of the transaction forbids it too
    with pytest.raises(IntegrityError, match="never altered"), transaction.atomic():
        _sql(f"TRUNCATE {table} CASCADE")
    with immutable.lifted():
        _sql(f"TRUNCATE {table} CASCADE")  # control: it passes without the guarantee


def test_another_wording_is_another_edition(measure: Measure) -> None:
    programme = measure.programme
    measures.save_measure(
        by=SYSTEM, programme=programme, number=1, since=date(2023, 1, 1), reason="Trop vague.", title="Mesure précise"
    )
    assert read_measure(programme, 1, date(2022, 12, 31)).title == "Mesure 1"
    assert read_measure(programme, 1, date(2023, 1, 1)).title == "Mesure précise"
    with pytest.raises(Refused, match="pourquoi"):
        measures.save_measure(by=SYSTEM, programme=programme, number=1, title="Encore autre")
    with pytest.raises(Moved):
        measures.save_measure(
            by=SYSTEM, programme=programme, number=1, title="Encore autre", reason="Oui.", read_edition=1
        )


def test_facilitators_come_and_go(measure: Measure) -> None:
    measures.save_facilitator(by=SYSTEM, measure=measure, name="L’une", until=date(2022, 12, 31), told_since=START)
    measures.save_facilitator(by=SYSTEM, measure=measure, name="L’autre", since=date(2023, 1, 1), told_since=START)
    names = [[each.name for each in read_measure(measure.programme, 1, day).facilitators]
             for day in (date(2022, 12, 31), date(2023, 1, 1))]  # fmt: skip
    assert names == [["L’une"], ["L’autre"]]


def test_two_dates_are_compared(measure: Measure) -> None:
    report(measure, result=Result.PARTLY)
    report(measure, dated_on=date(2023, 6, 1), result=Result.MET)
    programme = measure.programme
    found = compare(read(programme, date(2022, 6, 1)), read(programme, date(2023, 6, 1)))
    assert found.same == 1
    [change] = found.changes
    assert (change.before, change.after) == ("partiellement atteint", "objectif atteint")
    assert change.what == ("bilan au 1er juin 2023",)
    assert compare(read(programme), read(programme)).changes == ()


def test_readings_follow_their_report(measure: Measure) -> None:
    measures.save_indicator(
        by=SYSTEM, measure=measure, code="cas", label="Cas", unit="cas", target=Decimal(500), told_since=START
    )
    report(measure, readings={"cas": Decimal("120.5")})
    [indicator] = read_measure(measure.programme, 1).indicators
    assert (indicator.value, indicator.read_on) == (Decimal("120.5"), DAY)
    [before] = read_measure(measure.programme, 1, date(2022, 5, 1)).indicators
    assert before.value is None, "unknown is not zero"


def test_due_dates_follow_delay_and_rhythm(measure: Measure) -> None:
    programme = measure.programme
    assert read_measure(programme, 1).due_on == date(2022, 7, 1)
    report(measure)
    assert read_measure(programme, 1).due_on == date(2023, 6, 1)
    programme, _made = programmes.save_programme(by=SYSTEM, slug="petit", ended_on=date(2022, 12, 31))
    assert read_measure(programme, 1).due_on == date(2022, 12, 31)


def test_reading_a_state_makes_a_fixed_number_of_queries(roadmap: Programme, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(15):
        read(roadmap, timezone.localdate())


@needs_poppler
def test_the_introduction_follows_the_contents_on_their_sheet(
    client: Client, roadmap: Programme, tmp_path: Path
) -> None:
    """Contents alone would leave half of it empty."""
    (tmp_path / "b.pdf").write_bytes(client.get("/feuille-de-route/bilan.pdf?date=2021-05-07").content)
    told = subprocess.run(
        ["pdftotext", "-f", "2", "-l", "2", tmp_path / "b.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    lines = [line.strip() for line in told.splitlines()]
    assert "Sommaire" in lines
    assert lines.count("Introduction") == 1, "as a heading: in the contents, dots and a number follow"


def _sheets(report: ReportContent, tmp_path: Path) -> list[str]:
    """The text of each."""
    (tmp_path / "b.pdf").write_bytes(pdf.render(report, "/bilan/"))
    told = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "b.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    return told.split("\f")


@needs_poppler
@pytest.mark.parametrize("lines", [0, 4, 8, 12, 16])
def test_a_measure_that_tells_little_is_not_cut_by_the_end_of_a_sheet(
    roadmap: Programme, tmp_path: Path, lines: int
) -> None:
    """Wherever it falls: its title and its few lines stay together."""
    report = replace(compose(read(roadmap, date(2021, 5, 7))), introduction=("Une ligne.",) * lines)
    sheets = [re.findall(r"^ *(\S.*?) *$", each, re.MULTILINE) for each in _sheets(report, tmp_path)]
    after_the_running_title = [each[1] for each in sheets if len(each) > 1]
    assert not [each for each in after_the_running_title if re.match(r"Objectif, Mod|Bilan : non|Délai", each)]


@needs_poppler
def test_a_measure_that_tells_more_than_a_sheet_holds_goes_on_with_the_next(roadmap: Programme, tmp_path: Path) -> None:
    report = compose(read(roadmap, date(2021, 5, 7)))
    first = report.families[0]
    bare = next(each for each in first.measures if not each.report)
    long = replace(bare, facts=(replace(bare.facts[0], told=tuple(f"Ligne {n}." for n in range(150))),))
    others = tuple(long if each == bare else each for each in first.measures)
    sheets = _sheets(replace(report, families=(replace(first, measures=others), *report.families[1:])), tmp_path)
    on = [number for number, told in enumerate(sheets) if "Ligne " in told]
    assert len(on) >= 3, "150 lines do not fit on two"
