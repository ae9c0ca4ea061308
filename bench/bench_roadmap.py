"""The progress report of 21 measures: page, PDF and DOCX, beside the same page asked measure by measure.

Figures to reach: the PDF in at most 1 s, the page in at most 15 queries.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from bench import scene  # noqa: F401 -- readies Django
from fairealliance.accounts.actors import SYSTEM
from fairealliance.roadmap import starter
from fairealliance.roadmap.actions import publishing
from fairealliance.roadmap.models import Programme
from fairealliance.roadmap.progress import pdf, word
from fairealliance.roadmap.progress.content import compose
from fairealliance.roadmap.state import read

PDF_SECONDS, MOST_QUERIES, TIMES = 1.0, 15, 100
PLAIN_FILES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DAY = date(2022, 5, 31)
TEXT = "Quatre départements ont ouvert un espace commun, et douze réseaux y participent. " * 6
ADDRESS = "http://127.0.0.1:8000/feuille-de-route/bilan/?date=2022-05-31"


def main() -> int:
    """Prints the figures beside what must be reached; 1 when one is missed."""
    programme = _prepare()
    # Static files are not collected: their names without a digest change nothing to what is measured.
    with override_settings(STORAGES=PLAIN_FILES):
        return _measure(programme)


def _prepare() -> Programme:
    """All 21 measures reported: as long a report as it gets."""
    call_command("migrate", interactive=False, verbosity=0)
    starter.load(by=SYSTEM)
    programme = Programme.objects.get(is_default=True)
    for measure in programme.measures.all():
        publishing.publish_measure_report(
            by=SYSTEM, measure=measure, dated_on=DAY, text=TEXT, result="met", next_steps=TEXT[:200]
        )
    return programme


def _measure(programme: Programme) -> int:
    client = Client()
    page = "/feuille-de-route/bilan/?date=2022-05-31"
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    cold_started = time.perf_counter()
    size = len(pdf.render(compose(read(programme, DAY)), ADDRESS))
    cold = time.perf_counter() - cold_started
    warm = _p95(lambda: pdf.render(compose(read(programme, DAY)), ADDRESS))
    docx = _p95(lambda: word.render(compose(read(programme, DAY)), ADDRESS))
    seconds = _p95(lambda: client.get(page))
    naive_seconds = _p95(lambda: _naive(programme))
    with CaptureQueriesContext(connection) as naive:
        _naive(programme)
    print(f"PDF of 21 measures ({size / 1000:.0f} kB): first {cold:.2f} s, p95 {warm:.3f} s (goal {PDF_SECONDS:.0f} s)")
    print(f"DOCX of the same by python-docx: p95 {docx:.3f} s")
    print(f"page: {len(asked)} queries (goal {MOST_QUERIES}), p95 {seconds * 1000:.0f} ms, rendering included")
    usual = f"{len(naive)} queries, p95 {naive_seconds * 1000:.0f} ms, no rendering"
    print(f"its data measure by measure, the usual way: {usual}")
    return int(cold > PDF_SECONDS or warm > PDF_SECONDS or len(asked) > MOST_QUERIES)


def _p95(act: Callable[[], object]) -> float:
    taken = []
    for _turn in range(TIMES):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return statistics.quantiles(taken, n=20, method="inclusive")[-1]


def _naive(programme: Programme) -> list[object]:
    """The data of the page as one writes it first: related objects asked as they are met."""
    told: list[object] = []
    for dimension in programme.dimensions.all():
        for measure in dimension.measures.all():
            editions = list(measure.editions.filter(since__lte=DAY))
            report = measure.reports.filter(dated_on__lte=DAY, issued_on__lte=DAY).last()
            people = [each.organisation and each.organisation.name for each in measure.facilitators.all()]
            readings = [(each, each.readings.last()) for each in measure.indicators.all()]
            told.append((editions, report, people, readings))
    told += [(each, list(each.reports.all())) for each in programme.workstreams.all()]
    told += [(each, list(each.illustrations.all())) for each in programme.forces.all()]
    told += [list(programme.levers.all()), list(programme.statements.all()), list(programme.progress_reports.all())]
    return told


if __name__ == "__main__":
    sys.exit(main())
