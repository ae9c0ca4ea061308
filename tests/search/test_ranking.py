"""What comes first."""

from fairealliance.search.documents import Doc
from fairealliance.search.engine import find
from fairealliance.search.query import Query
from fairealliance.search.ranking import Ranker
from tests.search.conftest import Indexed, doc

FILLER = [doc(f"f{n}", f"Note {n}", "réunion du comité sur le budget de la voirie") for n in range(30)]


def refs(indexed: Indexed, docs: list[Doc], text: str) -> list[str]:
    found = find(Query(text), at=indexed([*docs, *FILLER]))
    return [hit.ref.partition(":")[2] for hit in found.hits]


def test_title_above_body(indexed: Indexed) -> None:
    docs = [doc("body", "Un projet", "un jardin partagé au village"), doc("title", "Le jardin", "un projet au village")]
    assert refs(indexed, docs, "jardin")[:2] == ["title", "body"]


def test_exact_form_above_stem(indexed: Indexed) -> None:
    docs = [doc("stem", "Le marchand"), doc("exact", "Le marché"), doc("other", "Les marchés")]
    assert refs(indexed, docs, "marchés")[0] == "other"
    assert refs(indexed, docs, "marché")[0] == "exact"


def test_word_above_its_circle(indexed: Indexed) -> None:
    docs = [doc("circle", "Aide aux chômeurs"), doc("word", "Aide à l’emploi"), doc("none", "Aide au sport")]
    found = refs(indexed, docs, "emploi")
    assert found[0] == "word"


def test_synonyms_are_found(indexed: Indexed) -> None:
    assert refs(indexed, [doc("1", "Piste cyclable de la vallée")], "vélo") == ["1"]


def test_typing_mistakes_are_forgiven_and_told(indexed: Indexed) -> None:
    reader = indexed([doc("1", "Lutter contre l’illettrisme"), *FILLER])
    found = find(Query("iletrisme"), at=reader)
    assert [hit.ref for hit in found.hits] == ["practice:1"]
    assert found.corrected == (("iletrisme", "illettrisme"),)


def test_words_the_index_knows_are_never_corrected(indexed: Indexed) -> None:
    reader = indexed([doc("1", "La cave du village"), doc("2", "La cane du village"), *FILLER])
    found = find(Query("cane"), at=reader)
    assert found.hits[0].ref == "practice:2"
    assert found.corrected == ()


def test_question_words_do_not_find_anything_by_themselves(indexed: Indexed) -> None:
    docs = [doc("asks", "Comment faire quand on est perdu ?"), doc("jardin", "Jardin partagé")]
    assert refs(indexed, docs, "Comment faire un jardin ?") == ["jardin"]


def test_kind_of_question_tells_two_texts_apart(indexed: Indexed) -> None:
    docs = [
        doc("time", "Aide au logement : combien de temps dure-t-elle ?"),
        doc("what", "Aide au logement : c’est quoi ?"),
    ]
    assert refs(indexed, docs, "Qu’est-ce que l’aide au logement ?")[0] == "what"
    assert refs(indexed, docs, "Quelle est la durée de l’aide au logement ?")[0] == "time"


def test_accents_missing_or_not(indexed: Indexed) -> None:
    docs = [doc("1", "Égalité et mobilité")]
    for text in ("egalite", "ÉGALITÉ", "mobilite", "mobilités"):
        assert refs(indexed, docs, text) == ["1"], text


def test_name_made_of_empty_words(indexed: Indexed) -> None:
    assert refs(indexed, [doc("1", "Et si on était tous là")], "et si tous") == ["1"]


def test_one_more_term_per_circle_not_per_synonym(indexed: Indexed) -> None:
    """A long question stays a small query."""
    view = indexed(FILLER).view()
    reading = Ranker(view.searcher, view.speller).read("mobilité emploi logement santé jeunes école " * 40)
    assert len(reading.groups) <= 12
    assert all(len(group.tokens()) <= 12 for group in reading.groups)


def place(key: str, *names: str, standing: int = 4, keywords: str = "") -> Doc:
    return doc(key, names[0], kind="territory", names=names, standing=standing, keywords=keywords)


PLACES = [
    place("commune:42218", "Saint-Étienne", "Terrenoire", standing=6, keywords="42218 42000 Loire"),
    place("commune:1", "Saint-Étienne-de-Chomeil", standing=3),
    place("commune:2", "Saint-Denis", standing=6),
    place("commune:3", "Saint-Denis", standing=3),
    place("commune:4", "École", standing=3),
    place("commune:5", "Pauvres", standing=3),
    place("commune:6", "Y", standing=2),
    place("departement:42", "Loire", standing=6),
]


def test_a_place_is_found_by_its_name(indexed: Indexed) -> None:
    docs = [*PLACES, doc("p", "Un jardin à Saint-Étienne", keywords="Saint-Étienne Loire")]
    for text in ("saint etienne", "Saint-Étienne", "st etienne", "ST-ETIENNE", "saint etiene", "terrenoire", "42000"):
        assert refs(indexed, docs, text)[0] == "commune:42218", text
    assert refs(indexed, docs, "loire")[0] == "departement:42"
    assert refs(indexed, docs, "y")[0] == "commune:6"


def test_of_places_of_one_name_the_greater_comes_first(indexed: Indexed) -> None:
    assert refs(indexed, PLACES, "saint denis")[:2] == ["commune:2", "commune:3"]


def test_a_name_that_is_a_common_word_does_not_hide_the_subject(indexed: Indexed) -> None:
    docs = [
        *PLACES,
        doc("d", "Des jeunes reviennent à l’école", "contre le décrochage"),
        doc("e", "Lutter contre la pauvreté"),
    ]
    assert refs(indexed, docs, "des jeunes décrochent de l’école")[0] == "d"
    assert refs(indexed, docs, "pauvreté") == ["e"]


def test_words_of_the_language_are_no_typing_mistakes(indexed: Indexed) -> None:
    found = find(Query("vélo"), at=indexed([place("commune:7", "Vého"), *FILLER]))
    assert (found.total, found.corrected) == (0, ())


def test_where_a_thing_is_says_nothing_of_its_subject(indexed: Indexed) -> None:
    docs = [doc("there", "Une école rénovée", places=("Dijon", "Côte-d’Or", "CC du Pays d’ailleurs"))]
    assert refs(indexed, docs, "océan") == []
    assert refs(indexed, docs, "salaire") == []
    assert refs(indexed, docs, "école Côte d'Or") == ["there"]
    assert refs(indexed, docs, "dijon") == ["there"]


def test_where_a_thing_is_answers_those_who_are_from_there(indexed: Indexed) -> None:
    docs = [doc("there", "Une école rénovée", places=("Rennes", "Bretagne"))]
    assert refs(indexed, docs, "écoles bretonnes") == ["there"]
    assert refs(indexed, docs, "breton") == ["there"]
