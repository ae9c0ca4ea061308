"""`search-eval`, on a made-up set and on the corpus."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fairealliance.search.documents import Doc
from fairealliance.search.evaluate import Question, evaluate, read_documents, read_questions


def write(path: Path, *lines: object) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_prints_one_object(tmp_path: Path, capsys) -> None:
    documents = write(
        tmp_path / "d.jsonl",
        {"id": "1", "title": "Jardin partagé", "body": "Cultiver ensemble."},
        {"id": 2, "title": "Covoiturage", "body": "Partager sa voiture."},
    )
    queries = write(
        tmp_path / "q.jsonl",
        {"query": "Comment cultiver un jardin ?", "relevant": ["1"]},
        {"query": "voiture partagée", "relevant": [2]},
        {"query": "xyzzy", "relevant": ["1"]},
    )
    call_command("search_eval", str(documents), str(queries))
    told = json.loads(capsys.readouterr().out)
    assert told == {"queries": 3, "hit@1": 0.6667, "hit@5": 0.6667, "hit@10": 0.6667, "mrr@10": 0.6667}


@pytest.mark.parametrize(
    ("text", "why"),
    [("{", "ligne 1"), ("[]", "objet JSON"), ('{"title": "x"}', "id"), ('{"id": "1", "body": 3}', "body")],
)
def test_wrong_documents_are_told(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(text)
    with pytest.raises(CommandError, match=why):
        call_command("search_eval", str(path), str(write(tmp_path / "q.jsonl")))


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Impossible de lire"):
        call_command("search_eval", str(tmp_path / "no.jsonl"), str(tmp_path / "no.jsonl"))


def test_nothing_asked(tmp_path: Path) -> None:
    assert evaluate([], []) == {"queries": 0, "hit@1": 0.0, "hit@5": 0.0, "hit@10": 0.0, "mrr@10": 0.0}


@pytest.mark.corpus
def test_public_faq(corpus: Path) -> None:
    """Targets of the issue, on the questions at hand."""
    documents = read_documents(corpus / "search" / "faq_documents.jsonl")
    figures = evaluate(documents, read_questions(corpus / "search" / "faq_queries_dev.jsonl"))
    assert figures["hit@1"] >= 0.55
    assert figures["hit@5"] >= 0.83


@pytest.mark.corpus
def test_public_faq_on_questions_of_our_own(corpus: Path) -> None:
    """Paraphrases written before any tuning, of other documents: what was learnt is the language, not the set."""
    documents = read_documents(corpus / "search" / "faq_documents.jsonl")
    figures = evaluate(documents, read_questions(Path(__file__).parent / "paraphrases.jsonl"))
    assert figures["hit@1"] >= 0.55
    assert figures["hit@5"] >= 0.83


@pytest.mark.corpus
def test_piaf(corpus: Path) -> None:
    """A floor against regressions, on a tenth of the questions."""
    documents, questions = read_piaf(corpus / "search" / "piaf-v1.1.json")
    figures = evaluate(documents, questions[::10])
    assert figures["hit@1"] >= 0.72
    assert figures["hit@10"] >= 0.91


def read_piaf(path: Path) -> tuple[list[Doc], list[Question]]:
    """Each paragraph a document, each of its questions to be answered by it."""
    documents, questions = [], []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            key = str(len(documents))
            text = paragraph["context"]
            documents.append(Doc(f"document:{key}", "document", article["title"], "", body=text))
            questions += [Question(each["question"], frozenset({key})) for each in paragraph["qas"]]
    return documents, questions
