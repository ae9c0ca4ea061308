"""How well search answers questions whose answer is known: same analysis, same ranking, an index of its own."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from fairealliance.search.documents import Doc
from fairealliance.search.engine import find
from fairealliance.search.query import Query
from fairealliance.search.reader import Reader
from fairealliance.search.store import Store
from fairealliance.search.writer import Writer

_DEPTH = 10
_KIND = "document"


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the ids of the documents that answer it."""

    text: str
    relevant: frozenset[str]


def evaluate(documents: Iterable[Doc], questions: Sequence[Question]) -> dict[str, float | int]:
    """hit@k: share of the questions with a relevant document among the first k; mrr@10: mean of 1/rank."""
    with tempfile.TemporaryDirectory(prefix="search-eval-") as folder:
        store = Store(Path(folder) / "index")
        writer = Writer(store.new_folder())
        writer.put(documents)
        writer.commit(0)
        writer.close()
        store.publish(writer.folder)
        reader = Reader(store)
        ranks = [_rank(reader, question) for question in questions]
        reader.forget()
    return _figures(ranks)


def _rank(reader: Reader, question: Question) -> int | None:
    """Place of the first relevant document, from 1; None beyond the tenth."""
    asked = Query(question.text, size=_DEPTH, with_facets=False, with_snippets=False)
    for place, hit in enumerate(find(asked, at=reader).hits, start=1):
        if hit.ref.removeprefix(f"{_KIND}:") in question.relevant:
            return place
    return None


def _figures(ranks: Sequence[int | None]) -> dict[str, float | int]:
    number = len(ranks)

    def share(depth: int) -> float:
        return round(sum(1 for rank in ranks if rank and rank <= depth) / number, 4) if number else 0.0

    mrr = sum(1 / rank for rank in ranks if rank) / number if number else 0.0
    return {
        "queries": number,
        "hit@1": share(1),
        "hit@5": share(5),
        "hit@10": share(10),
        "mrr@10": round(mrr, 4),
    }


def read_documents(path: Path) -> list[Doc]:
    """`{"id", "title", "body"}` a line; an id met twice keeps its first line. ValueError tells the wrong line."""
    found: dict[str, Doc] = {}
    for number, line in _lines(path):
        title, body = line.get("title") or "", line.get("body") or ""
        if not (isinstance(line.get("id"), str | int) and isinstance(title, str) and isinstance(body, str)):
            raise ValueError(_wrong(path, number, _("il faut « id », « title » et « body »")))
        ref = f"{_KIND}:{line['id']}"
        found.setdefault(ref, Doc(ref=ref, kind=_KIND, title=title, url="", body=body))
    return list(found.values())


def read_questions(path: Path) -> list[Question]:
    """`{"query", "relevant": [ids]}` a line. ValueError tells the wrong line."""
    found = []
    for number, line in _lines(path):
        query, relevant = line.get("query"), line.get("relevant")
        if not isinstance(query, str) or not isinstance(relevant, list):
            raise ValueError(_wrong(path, number, _("il faut « query » et « relevant », une liste d’identifiants")))
        found.append(Question(query, frozenset(map(str, relevant))))
    return found


def _lines(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    with path.open(encoding="utf-8-sig") as file:
        for number, text in enumerate(file, start=1):
            if not text.strip():
                continue
            try:
                line = json.loads(text)
            except ValueError as error:
                raise ValueError(_wrong(path, number, str(error))) from error
            if not isinstance(line, dict):
                raise ValueError(_wrong(path, number, _("un objet JSON par ligne")))
            yield number, line


def _wrong(path: Path, number: int, why: str) -> str:
    return _("%(file)s, ligne %(number)d : %(why)s.") % {"file": path.name, "number": number, "why": why}
