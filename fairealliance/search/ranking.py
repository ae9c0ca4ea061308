"""A question in plain words to a tantivy query: what matches, and in which order.

Every word asks for its levels (form, stem, family, circles: see analysis.py), each a plain term with a boost,
in the title and in the whole text. tantivy adds them up and can skip what cannot win, which it cannot do for a
maximum over levels; so the boosts of a word are set, from how common each level is, for their sum to behave
like a maximum: a text with the very word gets the value of the word, once, whatever its circles add.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from tantivy import Occur, Query, Schema, Searcher

from fairealliance.search.analysis import Analyser, Word
from fairealliance.search.spelling import Speller

TITLE, TEXT = "title", "text"
MAX_WORDS = 24
MAX_CIRCLES = 5


@dataclass(frozen=True, slots=True)
class Weights:
    """Found on the public FAQ, on PIAF and on paraphrases of our own; the differences around are small."""

    title: float = 0.4
    text: float = 1.0
    exact: float = 0.25
    same: float = 0.8
    close: float = 0.5
    root: float = 0.7
    typo: float = 0.7
    stop: float = 1.0
    asking: float = 0.5
    others: float = 0.2  # what the lesser levels of a word add to the best one
    share: float = 0.8  # at most this share of a word's value for a text that does not have the word


WEIGHTS = Weights()


@dataclass(slots=True)
class Group:
    """A word of the question, or an expression, with the tokens that answer it and their worth (0 to 1)."""

    stems: tuple[str, ...] = ()
    exact: str = ""
    near: list[tuple[str, float]] = field(default_factory=list)
    counts: bool = True  # expressions only add to the score: their words are there already

    def tokens(self) -> list[str]:
        return [*self.stems, *(token for token, _ in self.near)]


class Ranker:
    """Builds queries against one state of the index."""

    def __init__(
        self, schema: Schema, searcher: Searcher, analyser: Analyser, speller: Speller, weights: Weights = WEIGHTS
    ) -> None:
        self.schema, self.searcher, self.analyser, self.speller = schema, searcher, analyser, speller
        self.weights = weights
        self.documents = searcher.num_docs

    def read(self, text: str) -> "Reading":
        """What the question asks, checked against the words that the index knows."""
        words = self.analyser.words(text)
        full = list({w.exact: w for w in words if not w.stop}.values())[:MAX_WORDS]
        stops = list({w.exact: w for w in words if w.stop}.values())[:MAX_WORDS]
        reading = Reading(ranker=self)
        for word in full:
            reading.groups.append(self._group(word, reading.corrected))
        for token in self.analyser.expressions(words)[:MAX_WORDS]:
            reading.groups.append(Group(near=[(token, self._worth(token))], counts=False))
        reading.bonus = [("=" + w.exact, self.weights.stop) for w in stops] if full else []
        reading.bonus += [(t, self.weights.asking) for t in self.analyser.thesaurus.of_asking(text)]
        if not full:
            reading.groups = [Group(exact="=" + w.exact, stems=("=" + w.exact,)) for w in stops]
        return reading

    def _worth(self, token: str) -> float:
        return self.weights.same if token[0] == "@" else self.weights.close

    def _group(self, word: Word, corrected: dict[str, str]) -> Group:
        near = [(token, self._worth(token)) for token in word.circles[:MAX_CIRCLES]]
        if word.root:
            near.append((word.root, self.weights.root))
        group = Group(stems=word.stems, exact="=" + word.exact, near=near)
        if not any(self.frequency(TEXT, stem) for stem in word.stems):
            if better := self.speller.correct(word.exact):
                found = self.analyser.word(better)
                near += [("=" + found.exact, self.weights.typo * self.weights.exact)]
                near += [(stem, self.weights.typo) for stem in found.stems]
                near += [(t, self.weights.typo * self._worth(t)) for t in found.circles[:MAX_CIRCLES]]
                if not word.circles and not (word.root and self.frequency(TEXT, word.root)):
                    corrected[word.text] = better
        return group

    def frequency(self, field_name: str, token: str) -> int:
        return self.searcher.doc_freq(field_name, token)

    def idf(self, field_name: str, token: str) -> float:
        """BM25's, as tantivy counts it; 0 for a token that is nowhere."""
        n = self.frequency(field_name, token)
        return math.log(1 + (self.documents - n + 0.5) / (n + 0.5)) if n else 0.0

    def term(self, field_name: str, token: str, boost: float = 1.0) -> Query:
        query = Query.term_query(self.schema, field_name, token, index_option="freq")
        return query if boost == 1.0 else Query.boost_query(query, boost)

    def levels(self, group: Group, field_name: str) -> list[tuple[str, float]]:
        """The tokens of a word with boosts such that their sum behaves like the best of them."""
        weights = self.weights
        own = {stem: idf for stem in group.stems if (idf := self.idf(field_name, stem))}
        near = {t: (worth, idf) for t, worth in group.near if (idf := self.idf(field_name, t))}
        values = sorted((worth * idf for worth, idf in near.values()), reverse=True)
        total = sum(values)
        best = values[0] + weights.others * (total - values[0]) if values else 0.0
        value = max(own.values(), default=0.0)
        if value:
            best = min(best, weights.share * value)
        boosts = [(token, worth * best / total) for token, (worth, _) in near.items()]
        if value:
            rest = max(value - best, weights.others * value)
            boosts += [(stem, rest / sum(own.values())) for stem in own]
            boosts.append((group.exact, weights.exact))
        return boosts


@dataclass(slots=True)
class Reading:
    """A question read: its groups, what only changes the order, and the spelling it was understood with."""

    ranker: Ranker
    groups: list[Group] = field(default_factory=list)
    bonus: list[tuple[str, float]] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)

    def score(self) -> Query:
        """Orders the texts; a text without any of the words is not in it."""
        ranker, weights = self.ranker, self.ranker.weights
        queries: list[Query] = []
        for name, weight in ((TITLE, weights.title), (TEXT, weights.text)):
            for group in self.groups:
                queries += [ranker.term(name, t, weight * b) for t, b in ranker.levels(group, name)]
        bonus = [ranker.term(TITLE, t, weights.title * b) for t, b in self.bonus if ranker.frequency(TITLE, t)]
        if not bonus:
            return _any(queries)
        return Query.boolean_query([(Occur.Must, _any(queries)), *((Occur.Should, q) for q in bonus)])

    def wide(self) -> Query:
        """Every text with one of the words, or a word of its family or circles."""
        tokens = dict.fromkeys(t for group in self.groups for t in group.tokens())
        return _any(self.ranker.term(TEXT, t) for t in tokens if self.ranker.frequency(TEXT, t))

    def narrow(self) -> Query:
        """The texts with most of the words themselves."""
        kept = [g for g in self.groups if g.counts]
        queries = [_any(self.ranker.term(TEXT, t) for t in self._own(g)) for g in kept]
        needed = math.ceil(0.6 * len(queries))
        pairs = [(Occur.Should, q) for q in queries]
        return Query.boolean_query(pairs, minimum_number_should_match=needed) if needed > 1 else _any(queries)

    def _own(self, group: Group) -> Iterable[str]:
        tokens = [*group.stems, *(t for t, _ in group.near if t[0] == "@")]
        known = [t for t in tokens if self.ranker.frequency(TEXT, t)]
        return known or group.tokens()


def _any(queries: Iterable[Query]) -> Query:
    listed = list(queries)
    if len(listed) == 1:
        return listed[0]
    return Query.boolean_query([(Occur.Should, q) for q in listed]) if listed else Query.empty_query()
