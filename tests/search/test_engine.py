"""Finding, counting, paging, ordering."""

import math
from dataclasses import replace

import pytest
from tantivy import Query as Tantivy

from fairealliance.lib.geo import haversine_km
from fairealliance.search import engine, ranking
from fairealliance.search.documents import Doc
from fairealliance.search.engine import find
from fairealliance.search.query import Near, Query, State
from fairealliance.search.reader import Reader
from fairealliance.search.schema import schema
from tests.search.conftest import Indexed, doc

LOIRE = {"regions": ("84",), "departements": ("42",), "scopes": ("commune:42218", "departement:42", "region:84")}
RHONE = {"regions": ("84",), "departements": ("69",), "scopes": ("commune:69123", "departement:69", "region:84")}
BRETAGNE = {"regions": ("53",), "departements": ("35",), "scopes": ("commune:35238", "departement:35", "region:53")}


@pytest.fixture
def world(indexed: Indexed) -> Reader:
    return indexed(
        [
            doc("1", "Jardin partagé", goals=(2, 11), year=2021, spheres=("association",), **LOIRE),
            doc("2", "Jardin d’insertion", goals=(8,), year=2022, spheres=("association", "entreprise"), **RHONE),
            doc("3", "Jardin des écoles", goals=(4,), year=2021, themes=("ecole",), **BRETAGNE),
            doc("4", "Le jardin, mode d’emploi", kind="resource", goals=(2,), year=2020),
            doc("5", "Jardins de Cocagne", kind="organisation", spheres=("association",), **LOIRE),
            doc("6", "Piscine intercommunale", goals=(3,), year=2021, **LOIRE),
        ]
    )


def refs(query: Query, at: Reader) -> list[str]:
    return [hit.ref.partition(":")[2] for hit in find(query, at=at).hits]


def test_facets_count_all_the_hits_not_the_page(world: Reader) -> None:
    found = find(Query("jardin", size=1), at=world)
    assert found.total == 5
    assert len(found.hits) == 1
    assert found.facets["kind"] == {"practice": 3, "resource": 1, "organisation": 1}
    assert found.facets["goal"] == {"2": 2, "4": 1, "8": 1, "11": 1}
    assert found.facets["region"] == {"84": 3, "53": 1}
    assert found.facets["departement"] == {"42": 2, "69": 1, "35": 1}
    assert found.facets["sphere"] == {"association": 3, "entreprise": 1}
    assert found.facets["year"] == {"2021": 2, "2020": 1, "2022": 1}
    assert found.facets["theme"] == {"ecole": 1}


def test_a_facet_does_not_lower_its_own_counts(world: Reader) -> None:
    found = find(Query("jardin", kinds=("practice",), regions=("84",)), at=world)
    assert {hit.ref for hit in found.hits} == {"practice:1", "practice:2"}
    assert found.total == 2
    assert found.facets["kind"] == {"practice": 2, "organisation": 1}
    assert found.facets["region"] == {"84": 2, "53": 1}
    assert found.facets["departement"] == {"42": 1, "69": 1}


@pytest.mark.parametrize("plenty", [1, 3, 100])
def test_choosing_a_value_finds_what_its_count_said(
    world: Reader, monkeypatch: pytest.MonkeyPatch, plenty: int
) -> None:
    """Whether many words or few are wanted is decided before."""
    monkeypatch.setattr(engine, "PLENTY", plenty)
    query = Query("jardin insertion école piscine")
    counts = find(query, at=world).facets
    for kind, count in counts["kind"].items():
        assert find(replace(query, kinds=(kind,)), at=world).total == count
    for region, count in counts["region"].items():
        assert find(replace(query, regions=(region,)), at=world).total == count
    for year, count in counts["year"].items():
        assert find(replace(query, years=(int(year),), with_facets=False), at=world).total == count


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query("jardin", goals=(2, 8)), {"1", "2", "4"}),
        (Query("jardin", goals=(2,), kinds=("resource",)), {"4"}),
        (Query("jardin", spheres=("entreprise",)), {"2"}),
        (Query("jardin", years=(2020, 2022)), {"2", "4"}),
        (Query("jardin", themes=("ecole",)), {"3"}),
        (Query("jardin", scopes=("departement:42", "departement:35")), {"1", "3", "5"}),
        (Query("jardin", scopes=("commune:00000",)), set()),
        (Query("jardin", departements=("69",)), {"2"}),
        (Query(scopes=("departement:42",)), {"1", "5", "6"}),
        (Query(), {"1", "2", "3", "4", "5", "6"}),
    ],
)
def test_filters(world: Reader, query: Query, expected: set[str]) -> None:
    found = find(query, at=world)
    assert {hit.ref.partition(":")[2] for hit in found.hits} == expected
    assert found.total == len(expected)


def test_orders(world: Reader) -> None:
    assert refs(Query("jardin", sort="title"), world) == ["2", "3", "1", "5", "4"]
    assert refs(Query("jardin", sort="date"), world)[0] == "2"
    assert refs(Query(), world)[0] == "2"


def test_pages_follow_one_another_without_repeating(indexed: Indexed) -> None:
    """Even where all scores are equal."""
    at = indexed([doc(str(n), "Maison France services", "accueil") for n in range(60)])
    for sort in ("relevance", "date", "title"):
        query = Query("maison", sort=sort, size=7)  # type: ignore[arg-type]
        seen = [ref for page in range(1, 10) for ref in refs(replace(query, page=page), at)]
        assert len(seen) == 60
        assert len(set(seen)) == 60
        whole = refs(replace(query, size=60), at)
        assert seen == whole


def test_beyond_the_last_page_there_is_nothing(world: Reader) -> None:
    found = find(Query("jardin", page=9), at=world)
    assert found.hits == ()
    assert found.total == 5


def test_near_is_a_circle_not_a_box(indexed: Indexed) -> None:
    lat, lon = 45.44, 4.39
    points = {f"{i}_{j}": (lat + i * 0.05, lon + j * 0.07) for i in range(-6, 7) for j in range(-6, 7)}
    at = indexed(
        [doc(key, "Maison", latitude=a, longitude=b, precision="exact") for key, (a, b) in points.items()]
        + [doc("nowhere", "Maison")]
    )
    near = Near(lat, lon, 20)
    inside = {key for key, (a, b) in points.items() if haversine_km(lat, lon, a, b) <= 20}
    corners = [
        key for key, (a, b) in points.items() if key not in inside and abs(a - lat) < 0.17 and abs(b - lon) < 0.25
    ]
    assert corners, "the control: a box would have taken more"
    for sort in ("relevance", "distance", "date"):
        found = find(Query("maison", near=near, size=100, sort=sort), at=at)  # type: ignore[arg-type]
        assert {hit.ref.removeprefix("practice:") for hit in found.hits} == inside
        assert found.total == len(inside) == found.facets["kind"]["practice"]
    nearest = find(Query(near=near, sort="distance", size=5), at=at).hits
    away = [hit.distance_km for hit in nearest]
    assert away == sorted(away)  # type: ignore[type-var]
    assert away[0] == pytest.approx(0)


def test_near_across_the_180th_meridian(indexed: Indexed) -> None:
    at = indexed([doc("w", "Île", latitude=-16.0, longitude=-179.9), doc("e", "Île", latitude=-16.0, longitude=179.9)])
    assert set(refs(Query(near=Near(-16.0, 180.0, 30)), at)) == {"w", "e"}


def test_a_summary_that_says_all_is_kept_once_and_quoted(indexed: Indexed) -> None:
    at = indexed([doc("1", "Un titre", "Des jeunes décrochent.", summary="Des jeunes décrochent.")])
    (hit,) = find(Query("jeunes"), at=at).hits
    assert hit.summary == "Des jeunes décrochent."
    assert ("jeunes", True) in hit.snippet
    assert Doc("a:1", "a", "t", "/", body="x", summary="x").shown()[-1] == ""
    assert Doc("a:1", "a", "t", "/", body="xy", summary="x").shown()[-1] == "xy"


def test_snippet_shows_what_matched_and_is_plain_text(indexed: Indexed) -> None:
    body = "Il était une fois. " * 40 + "Les bénévoles <b>accompagnent</b> chaque élève. " + "La suite. " * 40
    at = indexed([doc("1", "École ouverte", body)])
    hit = find(Query("bénévolat élèves"), at=at).hits[0]
    marked = [text for text, matches in hit.snippet if matches]
    assert marked == ["bénévoles", "élève"]
    assert hit.snippet[0] == ("… ", False)
    assert "<b>" in "".join(text for text, _ in hit.snippet), "escaping is the template's work"
    assert set(hit.matched) >= {"bénévolat", "élèves"}
    assert find(Query("bénévolat", with_snippets=False), at=at).hits[0].snippet == ()


@pytest.mark.parametrize(
    ("name", "value", "first"),
    [
        ("scope", "departement:35", "practice:3"),
        ("goal", "8", "practice:2"),
        ("theme", "ecole", "practice:3"),
        ("sphere", "entreprise", "practice:2"),
    ],
)
def test_boosts_lift_and_never_exclude(world: Reader, name: str, value: str, first: str) -> None:
    found = find(Query("jardin", boosts=((name, value, 5.0), ("bogus", "x", 9.0), ("year", "2020", 9.0))), at=world)
    assert found.total == 5
    assert found.hits[0].ref == first


@pytest.mark.parametrize("asked", [{"kinds": ("\udcff",)}, {"scopes": ("commune:\udcff", "region:84")}])
def test_what_is_no_text_is_found_nowhere_and_breaks_nothing(world: Reader, asked: dict[str, tuple[str, ...]]) -> None:
    found = find(Query("jardin", **asked), at=world)
    assert (found.state, found.total) == (State.READY, 3 if "scopes" in asked else 0)


def test_many_values_of_one_facet_cut_none_of_another(indexed: Indexed) -> None:
    many = [doc(f"{n}-{again}", "Jardin", year=n) for n in range(1, 2_501) for again in "ab"]
    found = find(Query("jardin"), at=indexed([*many, doc("1", "Jardin", kind="resource", goals=(4,), regions=("",))]))
    assert (found.total, found.facets["kind"]) == (5_001, {"practice": 5_000, "resource": 1})
    assert (found.facets["goal"], found.facets["region"], len(found.facets["year"])) == ({"4": 1}, {}, 2_500)


def test_words_of_circles_widen_only_what_is_rare(indexed: Indexed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "RARE", 20)
    some = [doc(f"v{n}", f"Vélo numéro {n}") for n in range(3)]
    others = [doc(f"p{n}", f"Piste cyclable {n}") for n in range(4)]
    assert find(Query("vélo"), at=indexed([*some, *others])).total == 7
    many = [doc(f"v{n}", f"Vélo numéro {n}") for n in range(30)]
    assert find(Query("vélo"), at=indexed([*many, *others])).total == 30


def test_most_words_are_wanted_where_that_finds_plenty(indexed: Indexed, monkeypatch: pytest.MonkeyPatch) -> None:
    both = [doc(f"b{n}", "Jardin au collège") for n in range(10)]
    one = [doc(f"o{n}", "Jardin au bord de l’eau") for n in range(10)]
    reader = indexed([*both, *one])
    found = find(Query("jardin collège", size=20), at=reader)
    assert found.total == 20
    assert {hit.ref[9] for hit in found.hits[:10]} == {"b"}
    monkeypatch.setattr(engine, "PLENTY", 10)
    assert find(Query("jardin collège"), at=reader).total == 10
    assert find(Query("jardin collège", any_word=True), at=reader).total == 20


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "🙂🙂",
        "'; DROP TABLE x; --",
        '" OR title:"*',
        "<script>alert(1)</script>",
        "+ - && || ! ( ) { } [ ] ^ ~ * ? : \\ /",
        "\x00\ud800",
        "jardin " * 1500,
        "a" * 10_000,
        "%" * 3_000,
    ],
)
def test_any_text_is_answered(world: Reader, text: str) -> None:
    found = find(Query(text), at=world)
    assert found.state == State.READY
    assert math.isfinite(found.took_ms)


@pytest.mark.parametrize(
    "query",
    [
        Query("jardin", page=-3, size=0),
        Query("jardin", page=10**9),
        Query("jardin", size=10**6),
        Query("jardin", kinds=('"',), themes=("' OR 1",)),
        Query("jardin", goals=(99,)),
        Query("jardin", near=Near(95.0, 400.0, 1e9)),
        Query("jardin", sort="distance"),
    ],
)
def test_any_query_is_answered(world: Reader, query: Query) -> None:
    assert find(query, at=world).state == State.READY


def test_a_text_without_words_finds_nothing(world: Reader) -> None:
    assert find(Query("🙂"), at=world).total == 0


def test_a_question_read_into_a_theme_is_about_it_rather_than_about_a_place_so_named(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = indexed(
        [
            doc("1", "France services de La Garde", kind="organisation"),
            doc("2", "Garde, mairie", kind="organisation"),
            doc("3", "Maison de la petite enfance du Clos", "La garde de vingt enfants.", themes=("petite-enfance",)),
            *(doc(str(n), f"Un jardin {n}") for n in range(4, 30)),
        ]
    )
    assert refs(Query("garde d’enfants"), at)[0] == "3"
    assert refs(Query("La Garde"), at)[0] in {"1", "2"}, "a name alone is read into no theme"
    lifted = find(Query("garde d’enfants"), at=at).hits[0].score
    monkeypatch.setattr(engine, "READ_INTO", ())
    assert find(Query("garde d’enfants"), at=at).hits[0].score < lifted


@pytest.mark.parametrize("asked", ["aînés", "aines", "aîné"])
def test_the_eldest_are_no_departement(indexed: Indexed, asked: str) -> None:
    at = indexed(
        [
            doc("1", "Un repas avec les aînés du village"),
            doc("2", "CC de la Plaine de l’Ain", kind="organisation"),
            doc("3", "Une gare rouverte", places=("Ambérieu-en-Bugey", "Ain")),
        ]
    )
    assert refs(Query(asked), at) == ["1"]
    assert set(refs(Query("Ain"), at)) == {"2", "3"}


def test_what_has_all_the_words_is_worth_more_than_what_has_one(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = indexed(
        [doc("1", "Un four et un moulin"), doc("2", "Un moulin"), *(doc(str(n), "Un pré") for n in range(3, 9))]
    )
    query = Query("four moulin")
    lifted = {hit.ref: hit.score for hit in find(query, at=at).hits}
    monkeypatch.setattr(engine, "ALL_SAID", 0.0)
    plain = {hit.ref: hit.score for hit in find(query, at=at).hits}
    assert lifted["practice:1"] > plain["practice:1"]
    assert lifted["practice:2"] == plain["practice:2"]


def test_what_was_invented_can_be_left_out(indexed: Indexed) -> None:
    docs = [doc("1", "Garage solidaire"), doc("2", "Garage inventé", is_demo=True)]
    reader = indexed(docs)
    assert find(Query("garage"), at=reader).total == 2
    real = find(Query("garage", real_only=True), at=reader)
    assert [hit.ref for hit in real.hits] == ["practice:1"]
    assert (real.total, real.facets["kind"]) == (1, {"practice": 1})


def test_what_a_title_is_sorted_by_is_a_column_and_no_term(world: Reader) -> None:
    """An index of it would hold each title once more, for nobody."""
    term = Tantivy.term_query(schema(), "by_title", "jardin partage\tpractice:1")
    with pytest.raises(ValueError, match="indexed"):
        world.view().searcher.search(term)
