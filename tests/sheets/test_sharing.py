"""A shared link shows the same sheet later, and what is new since."""

import pytest

from fairealliance.journal.models import Entry
from fairealliance.search.query import State
from fairealliance.sheets import limits
from fairealliance.sheets.compose import compose
from fairealliance.sheets.models import SharedSheet
from fairealliance.sheets.serialise import from_json, to_json
from fairealliance.sheets.since import since
from fairealliance.territories.models import Indicator, Value
from tests.factories import SourceFactory
from tests.sheets.conftest import CHALLENGE
from tests.sheets.test_pages import SHEET, text_of


def test_a_sheet_survives_json(world, index, make_practice, make_organisation, make_resource):
    make_practice(world.neighbour, spheres=("association",))
    make_organisation(world.town)
    make_resource()
    index.follow()
    sheet = compose(world.town, CHALLENGE)
    assert from_json(to_json(sheet)) == sheet


def test_the_link_shows_the_same_sheet_later(client, world, index, make_practice):
    kept = make_practice(world.neighbour, "Des jeunes à l’atelier")
    gone = make_practice(world.lyon, "Des jeunes au jardin")
    index.follow()
    answer = client.post("/agir/partager/", SHEET)
    assert answer.status_code == 302
    first = client.get(answer.url)
    assert "Rien de nouveau" in text_of(first)
    assert first["X-Robots-Tag"] == "noindex"
    gone.delete()
    new = make_practice(world.town, "Des jeunes en scène")
    type(kept).objects.filter(pk=kept.pk).update(title="Un titre changé depuis")
    index.follow()
    later = client.get(answer.url)
    assert [line.title for line in later.context["sheet"].cases.lines] == [
        "Des jeunes à l’atelier",
        "Des jeunes au jardin",
    ]
    news = later.context["news"]
    assert [change.line.ref for change in news.added] == [f"practice:{new.pk}"]
    assert [change.line.title for change in news.gone] == ["Des jeunes au jardin"]
    words = text_of(later)
    assert "Nouveau depuis le" in words
    assert "Des jeunes en scène" in words
    assert f'value="http://testserver{answer.url}"' in later.content.decode()


def test_a_figure_that_changed_is_said(world, index):
    named = {"slug": "population", "label": "Population", "theme": "habitants", "vintage": "2023"}
    indicator = Indicator.objects.create(**named, source=SourceFactory())
    value = Value.objects.create(indicator=indicator, territory=world.town, number=100)
    before = compose(world.town, CHALLENGE)
    value.number = 101
    value.save()
    ((old, new),) = since(before, compose(world.town, CHALLENGE)).figures
    assert (old.number, new.number) == (100, 101)


def test_the_same_sheet_shared_twice_is_one(client, world, index, make_practice):
    make_practice(world.neighbour)
    index.follow()
    first = client.post("/agir/partager/", SHEET)
    again = client.post("/agir/partager/", SHEET)
    assert first.url == again.url
    assert SharedSheet.objects.count() == 1
    entry = Entry.objects.get(verb="shared")
    assert (entry.author.label, entry.subject) == ("visiteur", f"sheet:{SharedSheet.objects.get().token}")


def test_filters_are_shared_too(client, world, index):
    answer = client.post("/agir/partager/", {**SHEET, "odd": ["4"], "km": "30", "sphere": ["entreprise"]})
    sheet = client.get(answer.url).context["sheet"]
    assert (sheet.filters.goals, sheet.filters.km, sheet.filters.spheres) == ((4,), 30, ("entreprise",))


def test_wrong_input_is_not_kept(client, world, index):
    answer = client.post("/agir/partager/", {**SHEET, "km": "loin"})
    assert answer.status_code == 400
    assert "Distance « loin »" in text_of(answer)
    assert not SharedSheet.objects.exists()


def test_a_poor_sheet_is_not_kept(client, world, index):
    index.state = State.REBUILDING
    answer = client.post("/agir/partager/", SHEET)
    assert answer.status_code == 503
    assert "partagez la fiche dans quelques minutes" in text_of(answer)
    assert not SharedSheet.objects.exists()


def test_nobody_fills_the_base(client, world, index, monkeypatch):
    monkeypatch.setattr(limits, "MOST", 2)
    answers = [client.post("/agir/partager/", {**SHEET, "defi": f"école {n}"}).status_code for n in range(3)]
    assert answers == [302, 302, 429]


def test_an_unknown_link_is_a_404(client, world):
    assert client.get("/agir/fiche/nimportequoi/").status_code == 404
    assert client.get("/agir/fiche/nimportequoi/fiche.pdf").status_code == 404


@pytest.mark.parametrize("trouble", ["search", "territory"])
def test_the_kept_sheet_is_shown_even_when_today_cannot_be_told(client, world, index, make_practice, trouble):
    make_practice(world.neighbour, "Des jeunes à l’atelier")
    index.follow()
    link = client.post("/agir/partager/", SHEET).url
    if trouble == "search":
        index.state = State.REBUILDING
    else:
        SharedSheet.objects.update(territory_ref="commune:99999")
    response = client.get(link)
    assert response.status_code == 200
    assert "Des jeunes à l’atelier" in text_of(response)
    assert "La comparaison avec aujourd’hui n’est pas possible" in text_of(response)


def test_the_shared_document(client, world, index):
    link = client.post("/agir/partager/", SHEET).url
    response = client.get(f"{link}fiche.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
