"""`search-eval` on the corpus: FAQ questions as people ask them, and PIAF's questions on their paragraphs.

Beside them, in the same run, plain BM25 with French stemming on title and body together.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import tantivy

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("FAIREALLIANCE_CORPUS") or ROOT.parent / "shared" / "data") / "search"
Question = dict[str, object]


def piaf(folder: Path) -> tuple[Path, Path]:
    """PIAF's paragraphs and questions in the layout of `search-eval`."""
    documents, queries = folder / "documents.jsonl", folder / "queries.jsonl"
    with documents.open("w") as paragraphs, queries.open("w") as questions:
        number = 0
        for article in json.loads((CORPUS / "piaf-v1.1.json").read_text())["data"]:
            for paragraph in article["paragraphs"]:
                number += 1
                row = {"id": str(number), "title": article["title"], "body": paragraph["context"]}
                paragraphs.write(json.dumps(row) + "\n")
                for asked in paragraph["qas"]:
                    questions.write(json.dumps({"query": asked["question"], "relevant": [str(number)]}) + "\n")
    return documents, queries


def ours(documents: Path, queries: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "fairealliance", "search-eval", str(documents), str(queries)]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(answer.strip().splitlines()[-1])
    return found


def plain(documents: Path, queries: Path) -> dict[str, float]:
    """Raw tantivy: one field, Snowball's French stems, words of the question or-ed."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="fr")
    analyser = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stemmer("French"))
        .build()
    )
    index = tantivy.Index(builder.build())
    index.register_tokenizer("fr", analyser)
    writer = index.writer(64_000_000, 1)
    for line in documents.read_text().splitlines():
        row = json.loads(line)
        writer.add_document(tantivy.Document(id=[row["id"]], text=[f"{row['title']}\n{row['body']}"]))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    ranks: list[int | None] = []
    for line in queries.read_text().splitlines():
        asked = json.loads(line)
        words = "".join(sign if sign.isalnum() else " " for sign in asked["query"])
        query, _errors = index.parse_query_lenient(words, ["text"])
        found = [searcher.doc(address)["id"][0] for _score, address in searcher.search(query, 10).hits]
        ranks.append(next((rank for rank, ref in enumerate(found) if ref in asked["relevant"]), None))
    return {f"hit@{k}": sum(rank is not None and rank < k for rank in ranks) / len(ranks) for k in (1, 5, 10)}


def main() -> None:
    """Print both, for both sets."""
    with tempfile.TemporaryDirectory() as folder:
        sets = {
            "faq (at least hit@1 0.55, hit@5 0.83)": (CORPUS / "faq_documents.jsonl", CORPUS / "faq_queries_dev.jsonl"),
            "PIAF (at least hit@1 0.72, hit@10 0.92)": piaf(Path(folder)),
        }
        for name, (documents, queries) in sets.items():
            measured, alternative = ours(documents, queries), plain(documents, queries)
            figures = ", ".join(f"{key} {measured[key]:.3f} against {alternative[key]:.3f}" for key in alternative)
            print(f"{name}: {figures} (plain BM25)")


if __name__ == "__main__":
    main()
