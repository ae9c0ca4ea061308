"""The public figures, and their files."""

import csv
import io
from datetime import date

import pytest
from django.test import Client

from fairealliance.audience import actions
from fairealliance.audience.reads import figures, months_until
from tests.factories import TerritoryFactory
from tests.pages import read

pytestmark = pytest.mark.django_db


def test_before_anything_was_counted(client: Client) -> None:
    page = read(client, "/audience/")
    assert page.status == 200
    assert "Rien n’a encore été compté" in page.words
    assert "Aucun cookie" in page.words
    assert client.get("/audience/mois.svg").status_code == 200


def test_by_rubric_and_month(client: Client) -> None:
    month = months_until(date.today(), 1)[0].first
    TerritoryFactory(code="42218", name="Saint-Étienne", slug="saint-etienne")
    actions.add_counts(
        counts={
            ("page", "outils", "/ressources/1-kit/"): 1234,
            ("page", "agir", "/agir/fiche/…/"): 12,
            ("page", "autres", "/aide/"): 3,
            ("territory", "agir", "commune:42218"): 40,
            ("territory", "agir", "commune:00000"): 50,
        },
        month=month,
    )
    page = read(client, "/audience/")
    for words in ("Outils & méthodes", "1 234", "Saint-Étienne", "/agir/fiche/…/", "(en cours)", "1 249"):
        assert words in page.words.replace("\u202f", " ").replace("\xa0", " "), words
    assert 'href="/agir/fiche/…/"' not in page.raw
    assert ">/aide/<" not in page.raw, "too rarely read to be named"
    assert "commune:00000" not in page.words


def test_a_month_nobody_counted_is_unknown_and_a_month_nobody_came_is_zero() -> None:
    actions.add_counts(counts={("page", "agir", "/agir/"): 5}, month=date(2026, 3, 1))
    actions.add_counts(counts={("page", "outils", "/kit/"): 1}, month=date(2026, 5, 1))
    shown = figures(today=date(2026, 5, 20), months=4)
    rows = {row.slug: row.counts for row in shown.rows}
    assert rows == {"outils": (None, 0, 0, 1), "agir": (None, 5, 0, 0)}
    assert shown.totals == (None, 5, 0, 1)


@pytest.mark.parametrize("rows", [1, 20])
def test_as_many_queries_whatever_there_is_to_show(client: Client, rows: int) -> None:
    month = months_until(date.today(), 1)[0].first
    counts: dict[tuple[str, ...], int] = {}
    for number in range(rows):
        TerritoryFactory(code=f"420{number:02d}")
        counts["page", "outils", f"/ressources/{number}-x/"] = 50
        counts["territory", "agir", f"commune:420{number:02d}"] = 50
    actions.add_counts(counts=counts, month=month)
    assert read(client, "/audience/").queries == 7


def test_files_tell_the_same(client: Client) -> None:
    month = months_until(date.today(), 1)[0].first
    actions.add_counts(counts={("page", "agir", "/agir/"): 7, ("page", "agir", "/agir/x/"): 2}, month=month)
    text = client.get("/audience/audience.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert rows == [
        {"mois": f"{month:%Y-%m}", "rubrique": "agir", "libellé": "Fiches d’action", "pages lues": "9"},
    ]
    told = client.get("/audience/audience.json").json()
    assert told["rows"] == [{"month": f"{month:%Y-%m}", "rubric": "agir", "label": "Fiches d’action", "count": 9}]
    assert told["since"] == month.isoformat()
