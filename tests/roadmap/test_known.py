"""An issued report is what it was, for ever; a past day is read as it was known then, or as it is known now."""

import io
from datetime import date, timedelta
from decimal import Decimal

import feedparser
import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from fairealliance.accounts.actors import SYSTEM
from fairealliance.roadmap.actions import measures, programmes, publishing
from fairealliance.roadmap.enums import Result
from fairealliance.roadmap.models import Measure, Programme, ProgressReport
from fairealliance.roadmap.progress import issued, pdf
from fairealliance.roadmap.state import read, read_measure
from tests.pages import read as see

BASE = "/feuille-de-route/"
DAY = date(2022, 5, 31)


def issue(programme: Programme, **told) -> ProgressReport:
    told = {"dated_on": DAY, "title": "Bilan à deux ans", "text": "Deux ans.", **told}
    return publishing.issue_progress_report(by=SYSTEM, programme=programme, **told)


def late(programme: Programme) -> None:
    """What is published, corrected, reworded and changed after a report was issued, about its very day."""
    first, second, third = (programme.measures.get(number=number) for number in (1, 2, 3))
    told = {"dated_on": date(2022, 5, 1), "text": "Tombé après.", "result": "not_met"}
    publishing.publish_measure_report(by=SYSTEM, measure=second, **told)
    told = {"dated_on": date(2021, 5, 7), "text": "Corrigé depuis.", "reason": "Une erreur.", "result": "met"}
    publishing.publish_measure_report(by=SYSTEM, measure=first, **told)
    stream = programme.workstreams.get(number=1)
    publishing.publish_workstream_report(by=SYSTEM, workstream=stream, dated_on=date(2022, 5, 2), text="Tardif.")
    told = {"by": SYSTEM, "programme": programme}
    programmes.save_force(**told, number=1, title="Une autre force")
    programmes.save_dimension(**told, number=1, title="Une autre dimension", delay_max=24)
    programmes.save_programme(by=SYSTEM, slug=programme.slug, title="Un autre programme")
    programmes.save_statement(**told, code="tard", title="Dit après", dated_on=date(2022, 4, 1), source_label="Journal")
    programmes.save_illustration(by=SYSTEM, subject=programme.forces.get(number=7), label="Une illustration tardive")
    programmes.remove_part(by=SYSTEM, part=programme.levers.get(number=7))
    measures.save_facilitator(by=SYSTEM, measure=third, name="Arrivé après")
    measures.save_measure(**told, number=4, title="Autrement dit", reason="Plus clair.")


def aim(programme: Programme, target: int) -> None:
    measure = programme.measures.get(number=1)
    measures.save_indicator(by=SYSTEM, measure=measure, code="cas", label="Cas", target=Decimal(target))


def words_of(content: bytes) -> list[str]:
    return [each.text for each in Document(io.BytesIO(content)).paragraphs]


def test_an_issued_report_never_changes(client: Client, roadmap: Programme) -> None:
    aim(roadmap, 500)
    report = issue(roadmap)
    before = issued.told_by(report)
    document = words_of(client.get(f"{BASE}bilan.docx?date=2022-05-31").content)
    assert {result: count for result, count, _label in before.counts}["not_reported"] == 21
    late(roadmap)
    aim(roadmap, 5)
    after = issued.told_by(ProgressReport.objects.get(pk=report.pk))
    assert after == before
    assert pdf._content(after, "x") == pdf._content(before, "x")
    assert words_of(client.get(f"{BASE}bilan.docx?date=2022-05-31").content) == document
    page = see(client, f"{BASE}bilan/?date=2022-05-31").words
    assert "21 non renseigné" in page
    told, _title, since = page.rpartition("Ce qui est venu depuis")
    for words in ("Une autre force", "Une autre dimension", "Dit après", "Arrivé après", "Tombé après", "Autrement"):
        assert words not in told
    for words in ("Mesure 2 : bilan au 1er mai", "Mesure 1 : correction du bilan au 7 mai 2021", "Chantier 1 : bilan"):
        assert words in since


def test_a_late_report_says_when_it_was_made_public(client: Client, roadmap: Programme) -> None:
    late(roadmap)
    report = roadmap.measures.get(number=2).reports.get()
    assert (report.dated_on, report.issued_on) == (date(2022, 5, 1), timezone.localdate())
    assert "Tombé après." not in see(client, f"{BASE}mesures/2/?date=2022-05-31").words
    now = see(client, f"{BASE}mesures/2/?date=2022-05-31&connu=maintenant").words
    assert "Tombé après." in now
    assert "tel qu’on le connaît aujourd’hui" in now
    [first, *_rest] = feedparser.parse(client.get(f"{BASE}atom.xml").content).entries
    assert first.published_parsed.tm_year == timezone.localdate().year, "it surfaces, whatever day it tells of"


def test_history_keeps_the_day_its_source_tells_and_the_day_it_came(client: Client, roadmap: Programme) -> None:
    report = roadmap.measures.get(number=1).reports.get()
    assert report.issued_on == date(2021, 5, 7)
    assert timezone.localdate(report.recorded_at) == timezone.localdate()
    page = see(client, f"{BASE}mesures/1/?date=2021-05-07").words
    assert "Rendu public le 7 mai 2021, enregistré ici le" in page
    assert "Enregistré ici le" in see(client, f"{BASE}bilan/?date=2021-05-07").words


def test_a_day_is_read_both_ways(roadmap: Programme) -> None:
    late(roadmap)
    then, now = read(roadmap, DAY), read(roadmap, DAY, timezone.localdate())
    assert then.counts[Result.NOT_REPORTED] == 21
    assert (now.counts[Result.NOT_MET], now.counts[Result.MET]) == (1, 1)
    assert (then.measures[0].report.version, now.measures[0].report.version) == (1, 2)
    for state in (then, now):
        assert state.forces[0].part.title == "La conscience de la nécessité de changement", "it changed today"
        assert len(state.levers) == 7
        assert state.measures[3].title != "Autrement dit"
    today = read(roadmap)
    assert today.forces[0].part.title == "Une autre force"
    assert len(today.levers) == 6
    assert then.measures[2].facilitators == ()
    assert [each.name for each in now.measures[2].facilitators] == ["Arrivé après"], "told since, and said of always"


@pytest.mark.parametrize("page", ["", "mesures/1/", "chronologie/", "par-facilitateur/", "par-territoire/", "bilan/"])
def test_every_page_says_how_it_reads_the_day(client: Client, roadmap: Programme, page: str) -> None:
    then = see(client, f"{BASE}{page}?date=2021-06-01")
    assert "tel qu’on le connaissait alors" in then.words
    assert "?date=2021-06-01&amp;connu=maintenant" in then.raw
    now = see(client, f"{BASE}{page}?date=2021-06-01&connu=maintenant")
    assert "État au 1er juin 2021, tel qu’on le connaît aujourd’hui" in now.words
    assert now.queries <= 15
    assert client.get(f"{BASE}{page}?date=2021-06-01&connu=demain").status_code == 400


def test_a_corrected_report_keeps_both_versions(client: Client, roadmap: Programme) -> None:
    issue(roadmap, text="La première introduction.")
    late(roadmap)
    issue(roadmap, text="La seconde introduction.", reason="Des bilans étaient en retard.")
    address = f"{BASE}bilan/?date=2022-05-31"
    last = see(client, address).words
    assert "La seconde introduction." in last
    assert "Des bilans étaient en retard." in last
    first = see(client, f"{address}&version=1").words
    assert "La première introduction." in first
    assert "Version 2 de ce bilan" in first
    assert "21 non renseigné" in first
    assert client.get(f"{address}&version=3").status_code == 404
    assert client.get(f"{BASE}bilan.pdf?date=2022-05-31&version=1").status_code == 200


def test_an_indicator_of_a_past_day_keeps_its_target(measure: Measure) -> None:
    told = {"by": SYSTEM, "measure": measure, "code": "c", "label": "Cas"}
    measures.save_indicator(**told, target=Decimal(500), told_since=date(2022, 1, 1))
    measures.save_indicator(**told, target=Decimal(5))
    yesterday = timezone.localdate() - timedelta(days=1)
    for day, known in ((date(2022, 6, 1), None), (yesterday, None), (date(2022, 6, 1), timezone.localdate())):
        [indicator] = read_measure(measure.programme, 1, day, known).indicators
        assert indicator.indicator.target == 500
    [indicator] = read_measure(measure.programme, 1).indicators
    assert indicator.indicator.target == 5


def test_a_report_cannot_be_public_before_its_day_nor_tomorrow(measure: Measure) -> None:
    told = {"by": SYSTEM, "measure": measure, "dated_on": date(2022, 6, 1), "text": "Fait."}
    for day in (date(2022, 5, 31), timezone.localdate() + timedelta(days=1)):
        with pytest.raises(ValueError, match="ni avant la date dont il parle, ni dans l’avenir"):
            publishing.publish_measure_report(**told, issued_on=day)


def test_two_days_are_compared_as_then_or_both_as_now(client: Client, roadmap: Programme) -> None:
    late(roadmap)
    days = f"du=2021-12-31&au={timezone.localdate().isoformat()}"
    then, now = (see(client, f"{BASE}comparer/?{days}{more}") for more in ("", "&connu=maintenant"))
    # What the correction says was not known at the end of 2021; today, it is what holds of that day as well.
    assert "correction du bilan au 7 mai 2021" in then.words
    assert "correction du bilan" not in now.words
    for page in (then, now):
        assert "bilan au 1er mai 2022" in page.words
    assert "avec ce qui était public ce jour-là" in then.words
    assert "corrections comprises" in now.words
    assert "connu=maintenant" not in then.raw
    assert f"mesures/2/?date={timezone.localdate().isoformat()}&amp;connu=maintenant" in now.raw


def test_a_comparison_read_in_no_known_way_is_refused(client: Client, roadmap: Programme) -> None:
    assert see(client, f"{BASE}comparer/?du=2021-12-31&connu=demain").status == 400
