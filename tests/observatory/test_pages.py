"""Public pages and files of the observatory."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from fairealliance.observatory import actions
from fairealliance.observatory.models import Series, Study

pytestmark = pytest.mark.usefixtures("loaded")
SERIES = "/observatoire/series/citoyens-et-partenariats"
STUDY = "/observatoire/etudes/phare-institutions/"


def _text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_landing_tells_of_whom_we_know_what(client: Client) -> None:
    page = _text(client, "/observatoire/")
    assert "Chercheurs" in page
    assert SERIES in page
    assert "/observatoire/territoires/" in page


@pytest.mark.parametrize("address", ["/observatoire/", f"{SERIES}/", f"{SERIES}/integrer/"])
def test_room_is_kept_for_charts_before_they_come(client: Client, address: str) -> None:
    page = _text(client, address)
    assert re.search(r'<img src="[^"]+\.svg"[^>]* width="720" height="[1-9]\d+"', page)
    narrow = re.search(r'srcset="([^"?]+\?format=etroit)" width="360" height="(\d+)"', page)
    assert narrow
    assert f'height="{narrow[2]}"' in _text(client, narrow[1])


def test_a_sentence_is_not_heard_twice(client: Client) -> None:
    assert 'alt="Graphique. Ce qu’il montre est écrit juste après."' in _text(client, f"{SERIES}/")


def test_narrow_screens_keep_the_headings_of_a_table(client: Client) -> None:
    page = _text(client, "/observatoire/")
    for heading in ("Études\u00a0:", "Chiffres\u00a0:", "La plus récente\u00a0:"):
        assert f'data-label="{heading}"' in page


def test_without_any_survey_pages_say_so(client: Client) -> None:
    Series.objects.all().delete()
    Study.objects.all().delete()
    assert "Aucune série pour le moment" in _text(client, "/observatoire/")
    assert "Aucune étude connue" in _text(client, "/observatoire/etudes/")


def test_a_study_says_what_is_unknown_and_where_sources_disagree(client: Client) -> None:
    page = _text(client, STUDY)
    assert "Les sources ne disent pas la même chose" in page
    assert "Ne savent pas encore comment le piloter" in page
    assert "tout juste en émergence" in page
    assert "La formulation exacte de la question n’est pas connue" in page
    assert "304" in page


def test_words_quoted_in_a_title_are_quoted_within_the_citation(client: Client) -> None:
    page = _text(client, "/observatoire/etudes/jouer-collectif-citoyens/").replace("\u00a0", " ")
    assert "« “Jouer collectif” en sortie de crise, volet citoyens, mai 2020 », d’après" in page


def test_a_series_shows_its_breaks_its_table_and_how_to_quote_it(client: Client) -> None:
    page = _text(client, SERIES + "/")
    assert "Où la série se rompt" in page
    assert "84\u00a0% ou 86\u00a0%" in page
    assert "consulté le" in page
    assert f"http://testserver{SERIES}/" in page
    assert f'src="{SERIES}.svg"' in page


@pytest.mark.parametrize("theme", ["clair", "sombre"])
@pytest.mark.parametrize("size", ["large", "etroit"])
def test_drawings_are_made_for_each_light_and_width(client: Client, theme: str, size: str) -> None:
    response = client.get(f"{SERIES}.svg?theme={theme}&format={size}")
    assert response["Content-Type"].startswith("image/svg+xml")
    root = ElementTree.fromstring(response.content)
    assert "Rupture 1" in (root.findtext("{http://www.w3.org/2000/svg}desc") or "")


def test_files_of_a_series_tell_the_same(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(_text(client, SERIES + ".csv").lstrip("\ufeff")), delimiter=";"))
    shares = [row["part"] for row in rows]
    assert {"84", "86", "69", "74", "81"} <= set(shares)
    facts = json.loads(_text(client, SERIES + ".json"))
    told = [str(t["share"]) for w in facts["waves"] for f in w["figures"] for t in f["tellings"]]
    assert told == [f"{float(share)}" for share in shares]
    assert facts["waves"][1]["break"]["kinds"] == ["wording"]
    book = load_workbook(io.BytesIO(client.get(SERIES + ".xlsx").content))
    sheet = book["série"]
    assert sheet.max_row == len(rows) + 1
    assert client.get(SERIES + ".png").content.startswith(b"\x89PNG")
    assert client.get(SERIES + ".json")["Access-Control-Allow-Origin"] == "*"


def test_only_the_embedded_page_may_stand_in_a_frame(client: Client) -> None:
    embedded = client.get(SERIES + "/integrer/")
    assert "frame-ancestors *" in embedded["Content-Security-Policy"]
    assert "X-Frame-Options" not in embedded
    page = client.get(SERIES + "/")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/observatoire/series/rien/", 404),
        ("/observatoire/series/rien.svg", 404),
        ("/observatoire/series/rien/integrer/", 404),
        ("/observatoire/etudes/rien/", 404),
        ("/observatoire/etudes/phare-citoyens/rien.svg", 404),
        (f"{SERIES}.svg?theme=rose", 400),
        (f"{SERIES}.svg?format=geant", 400),
        (f"{SERIES}.pdf", 404),
        ("/observatoire/etudes.csv", 200),
        ("/observatoire/etudes.xlsx", 200),
        ("/observatoire/etudes/phare-citoyens.csv", 200),
        ("/observatoire/etudes/rien.csv", 404),
        ("/observatoire/modele.xlsx", 200),
        ("/observatoire/series/", 302),
        ("/observatoire/etudes/phare-citoyens/fragilites.svg", 200),
        ("/observatoire/etudes/?acteur=rien", 200),
    ],
)
def test_other_addresses(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_a_draft_is_nowhere_to_be_seen(client: Client, editor) -> None:
    study = Study.objects.get(slug="jouer-collectif-citoyens")
    assert "81\u00a0%" in _text(client, SERIES + "/")
    actions.withdraw(by=editor, study=study)
    assert client.get(study.get_absolute_url()).status_code == 404
    assert client.get(study.get_absolute_url() + "necessite.svg").status_code == 404
    assert "81\u00a0%" not in _text(client, SERIES + "/")
    assert "81" not in _text(client, SERIES + ".csv")
    assert study.title not in _text(client, "/observatoire/atom.xml")
    assert study.title not in _text(client, "/observatoire/etudes/?acteur=citizens")


def test_the_feed_is_valid_and_tells_figures(client: Client) -> None:
    feed = feedparser.parse(client.get("/observatoire/atom.xml").content)
    assert not feed.bozo
    assert len(feed.entries) == Study.objects.count()
    assert any("81\u00a0%" in entry.summary for entry in feed.entries)


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        _text(client, address)
    return len(captured)


def test_lists_make_the_same_queries_at_one_and_twenty(client: Client) -> None:
    addresses = ["/observatoire/etudes/", "/observatoire/atom.xml", "/observatoire/"]
    few = [_queries(client, address) for address in addresses]
    for number in range(20):
        Study.objects.create(slug=f"autre-{number}", title=f"Autre {number}", actor="citizens")
    assert [_queries(client, address) for address in addresses] == few
