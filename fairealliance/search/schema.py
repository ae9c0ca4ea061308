"""The fields of the index, and a document as tantivy takes it."""

import hashlib
from functools import cache, lru_cache
from importlib import resources
from importlib.metadata import version
from operator import attrgetter
from typing import Any, cast

from pydantic_core import to_json
from tantivy import Document, Schema, SchemaBuilder

from fairealliance.lib.text_fr import fold
from fairealliance.search.analysis import Analyser, analyser
from fairealliance.search.documents import Doc, around

# The files that decide what an index holds: when one changes, so must the index.
_SHAPING = ("analysis.py", "documents.py", "schema.py", "stems.py", "stopwords.py", "thesaurus.py")
# Each facet, a field with a column to be counted, and where a document has its values: several, one, or none. As text:
# multi-valued numbers fail in tantivy's aggregations.
_FACETED = {
    "kind": "kind",
    "goal": "goals",
    "theme": "themes",
    "sphere": "spheres",
    "region": "regions",
    "departement": "departements",
    "year": "year",
}
FACETS = tuple(_FACETED)
_faceted = attrgetter(*_FACETED.values())
SCOPE = "scope"
"""Where a document is found, its territory and those above: of too many values to be counted."""
MARK, INVENTED = "mark", "invented"
"""What was made up to show the product bears it."""
_DAY = 86_400
_LAST = _TIE = 2**32 - 1
_NUMBERED = 16_384  # those of the documents made ready, asked again when they are handed over
_WHERE = 65_536  # more than there are communes
_TOLD = 16_384  # facets that go together: a département's practices of one scheme and year have the same


@cache
def schema() -> Schema:
    """`title` and `text` are cut at spaces: analysis.py has done the rest."""
    builder = SchemaBuilder()
    for name in ("title", "text"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="whitespace", fast=True, index_option="basic")
    for name in (SCOPE, MARK):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("by_title", tokenizer_name="raw", fast=True, index_option="basic")
    builder.add_unsigned_field("by_date", fast=True)
    builder.add_unsigned_field("by_added", fast=True)
    builder.add_unsigned_field("number", fast=True, indexed=True)
    for name in ("latitude", "longitude"):
        builder.add_float_field(name, fast=True)
    builder.add_bytes_field("shown", stored=True)
    return _only_to_sort(builder.build(), "by_title")


def _only_to_sort(built: Schema, name: str) -> Schema:
    """`built`, whose text `name` is a column and no more. The builder indexes every text, and each title is a term of
    its own there, which nobody asks for: a sixth of tantivy's time. A schema copied as data can say so.
    """
    copied: Any = built.__reduce__()
    made, (data,) = copied
    [field] = [each for each in data["inner"] if each["name"] == name]
    del field["options"]["indexing"]
    return cast(Schema, made(data))


@cache
def signature() -> str:
    """Changes whenever an index made before would no longer answer as one made now."""
    digest = hashlib.sha256(version("tantivy").encode())
    here = resources.files(__package__)
    for name in _SHAPING:
        digest.update((here / name).read_bytes())
    digest.update(analyser().thesaurus.version.encode())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=_NUMBERED)
def number_of(ref: str) -> int:
    """A number for a ref, the same on every node: a document is taken out by it, and ties are settled by it."""
    return int.from_bytes(hashlib.blake2b(ref.encode(), digest_size=8).digest()) >> 1


def to_tantivy(doc: Doc, words: Analyser) -> Document:
    """`doc` with its words analysed."""
    title, text, folded = _words(doc, words)
    made = Document()  # given by name, each field's type would be guessed
    made.add_text("title", title)
    made.add_text("text", text)
    made.add_text("by_title", f"{folded[:80]}\t{doc.ref}")
    for name, values in _facets(*_faceted(doc)):
        made.add_text(name, values)
    if scopes := " ".join(filter(None, (_together(doc.scopes), doc.apart, around(doc.kind)))):
        made.add_text(SCOPE, scopes)
    if doc.is_demo:
        made.add_text(MARK, INVENTED)
    number = number_of(doc.ref)
    made.add_unsigned("number", number)
    # An article may show any day: what a number of 64 bits does not hold beside the tie is after all the rest.
    tie, added = number & _TIE, min(max(doc.added, 0), _LAST)
    # The year of the thing, then the day it came to us, then anything that is the same on every node.
    made.add_unsigned("by_date", ((doc.year or 0) << 48) | ((added // _DAY) << 32) | tie)
    # The second it came to us: what a feed follows.
    made.add_unsigned("by_added", (added << 32) | tie)
    if doc.latitude is not None and doc.longitude is not None:
        made.add_float("latitude", float(doc.latitude))
        made.add_float("longitude", float(doc.longitude))
    made.add_bytes("shown", to_json(doc.shown()))
    return made


@lru_cache(maxsize=_TOLD)
def _facets(*held: Any) -> tuple[tuple[str, str], ...]:
    """The facets of which something is known, each with its values as one text."""
    told = ((name, _together(v if isinstance(v, tuple) else (v,))) for name, v in zip(FACETS, held, strict=True))
    return tuple((name, values) for name, values in told if values)


@lru_cache(maxsize=_WHERE)
def _together(values: tuple[Any, ...]) -> str:
    """Each once, as one text that tantivy cuts at spaces: codes and refs have none. Unknown or blank is none."""
    return " ".join(dict.fromkeys(str(value) for value in values if value not in (None, "")))


def _words(doc: Doc, words: Analyser) -> tuple[str, str, str]:
    """Tokens of the title and of the whole text, and the title by which it is sorted."""
    if doc.names:
        return f"^{doc.standing}", words.names(doc.names, doc.keywords), fold(doc.title)
    title, folded = words.titled(doc.title)
    said = (title, words.keywords(doc.keywords), words.places(doc.places), words.body(doc.body))
    return title, " ".join(said), folded
