"""A question in plain words to a tantivy query: what matches, and in which order.

Every word asks for its levels (form, stem, family, circles: see analysis.py), each a plain term with a boost,
in the title and in the whole text. tantivy adds them up and can skip what cannot win, which it cannot do for a
maximum over levels; so the boosts of a word are set, from how common each level is, for their sum to behave
like a maximum: a text with the very word gets the value of the word, once, whatever its circles add.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from tantivy import Occur, Query, Searcher

from fairealliance.lib.text_fr import fold
from fairealliance.search.analysis import Word, analyser
from fairealliance.search.schema import schema
from fairealliance.search.spelling import Speller
from fairealliance.search.thesaurus import CLOSE, SAME

TITLE, TEXT = "title", "text"
MAX_WORDS = 24
MAX_CIRCLES = 5
LONGEST_NAME = 7
MOST = 0.6  # of the words, the rarest ones: what a text must have where that finds plenty
RARE, RARE_SHARE = 400, 0.005
"""A word in fewer texts than that, or than that share of them, brings its circles and its family along: they
would drown a common one, and cost more than all the rest."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Found on the public FAQ, on PIAF and on paraphrases of our own; the differences around are small."""

    title: float = 0.35
    text: float = 1.0
    exact: float = 0.25
    same: float = 0.8
    close: float = 0.7
    root: float = 0.7
    typo: float = 0.7
    said: float = 1.0  # a circle, by an expression of it
    inside: float = 0.7  # what remains of a word that stands in an expression of the thesaurus
    part: float = 0.3  # a word in the name of a place
    common: float = 0.2  # what remains of a name that is also a word of the thesaurus
    name: float = 0.8  # the whole name of a place among other words, in a word's value each
    alone: float = 2.0  # the whole name of a place, and nothing else
    standing: float = 0.3  # each digit of the population, between places of one name
    stop: float = 1.0
    asking: float = 0.5
    others: float = 0.2  # what the lesser levels of a word add to the best one
    share: float = 0.8  # at most this share of a word's value for a text that does not have the word


WEIGHTS = Weights()


@dataclass(slots=True)
class Group:
    """A word of the question, or an expression, with the tokens that answer it and their worth (0 to 1)."""

    text: str = ""
    stems: tuple[str, ...] = ()
    exact: str = ""
    near: list[tuple[str, float]] = field(default_factory=list)
    weight: float = 1.0
    counts: bool = True  # expressions only add to the score: their words are there already

    def tokens(self) -> list[str]:
        return [*self.stems, *(token for token, _ in self.near)]


class Ranker:
    """Builds queries against one state of the index."""

    def __init__(self, searcher: Searcher, speller: Speller, weights: Weights = WEIGHTS) -> None:
        self.searcher, self.speller, self.weights = searcher, speller, weights
        self.documents = searcher.num_docs
        self._counts: dict[tuple[str, str], int] = {}

    def read(self, text: str) -> "Reading":
        """What the question asks, checked against the words that the index knows."""
        words = analyser().words(text)
        full = list({w.exact: w for w in words if not w.stop}.values())[:MAX_WORDS]
        stops = list({w.exact: w for w in words if w.stop}.values())[:MAX_WORDS]
        reading = Reading(self)
        if not full:
            reading.groups = [
                Group(w.text, ("=" + w.exact,), "=" + w.exact, [("&" + w.exact, self.weights.part)]) for w in stops
            ]
            reading.places = self._places(words, {})
            return reading
        reading.groups = [self._group(word, reading) for word in full]
        said = dict(analyser().expressions(words))
        inside = {word.text for covered in said.values() for word in covered}
        for group in reading.groups:
            if group.text in inside:
                group.weight = self.weights.inside
        for token in said:
            reading.groups.append(Group(near=[(token, self.weights.said)], counts=False))
        reading.places = self._places(words, reading.respelt)
        reading.bonus = [("=" + w.exact, self.weights.stop) for w in stops]
        reading.bonus += [(t, self.weights.asking) for t in analyser().thesaurus.of_asking(fold(text))]
        return reading

    def _worth(self, token: str) -> float:
        return self.weights.same if token[0] == SAME else self.weights.close

    def _places(self, words: list[Word], respelt: dict[str, str]) -> dict[str, float]:
        """The names of places that stand whole in the question, with what they are worth."""
        read = [(word, respelt.get(word.text, word.exact)) for word in words[:MAX_WORDS]]
        found: dict[str, float] = {}
        for at in range(len(read)):
            name, value = "!", 0.0
            for end, (word, form) in enumerate(read[at : at + LONGEST_NAME], start=at + 1):
                if not self.count(TEXT, "&" + form):
                    break
                name, value = name + form, value + self._as_name(word, form)
                if self.count(TEXT, name):
                    found[name] = value * (self.weights.alone if end - at == len(read) else self.weights.name)
                name += "_"
        return found

    def _as_name(self, word: Word, form: str) -> float:
        """A name that is also a common word is worth no more than the word: « école » is rarely the commune."""
        values = [self.idf(TEXT, token) for token in ("&" + form, *word.stems)]
        value = min((value for value in values if value), default=0.0)
        return value * self.weights.common if any(token[0] == CLOSE for token in word.circles) else value

    def _is_rare(self, tokens: Iterable[str]) -> bool:
        return max((self.count(TEXT, t) for t in tokens), default=0) < max(RARE, RARE_SHARE * self.documents)

    def _group(self, word: Word, reading: "Reading") -> Group:
        own = [token for token in word.circles if token[0] == SAME]
        group = Group(word.text, word.stems, "=" + word.exact, [(token, self._worth(token)) for token in own])
        is_rare = self._is_rare(group.tokens())
        group.near.append(("&" + word.exact, self.weights.part))
        if not is_rare:
            return group
        others = [token for token in word.circles if token[0] != SAME]
        group.near += [(token, self._worth(token)) for token in others[:MAX_CIRCLES]]
        if word.root:
            group.near.append((word.root, self.weights.root))
        if not self._is_written(word) and (better := self.speller.correct(word.exact)):
            reading.respelt[word.text] = better
            group.near += self._respelt(analyser().word(better), knows_stem=self._has_any(word.stems))
            if not self._has_any((*word.stems, word.root)):
                reading.corrected[word.text] = better
        return group

    def _is_written(self, word: Word) -> bool:
        """Whether the index has the very form, or the thesaurus the word: then it is no typing mistake."""
        return bool(word.circles) or self._has_any(("=" + word.exact, "&" + word.exact))

    def _has_any(self, tokens: Iterable[str]) -> bool:
        return any(token and self.count(TEXT, token) for token in tokens)

    def _respelt(self, word: Word, *, knows_stem: bool) -> list[tuple[str, float]]:
        """What the corrected word brings: only a name of a place where the stem was right already."""
        typo = self.weights.typo
        name = ("&" + word.exact, typo * self.weights.part)
        if knows_stem:
            return [name]
        circles = [(token, typo * self._worth(token)) for token in word.circles[:MAX_CIRCLES]]
        form = ("=" + word.exact, typo * self.weights.exact)
        return [name, form, *((stem, typo) for stem in word.stems), *circles]

    def count(self, field_name: str, token: str) -> int:
        """In how many documents `token` stands."""
        found = self._counts.get((field_name, token))
        if found is None:
            found = self._counts[field_name, token] = self.searcher.doc_freq(field_name, token)
        return found

    def idf(self, field_name: str, token: str) -> float:
        """BM25's; 0 for a token that is nowhere. What was taken out still counts until a merge."""
        n = min(self.count(field_name, token), self.documents)
        return math.log(1 + (self.documents - n + 0.5) / (n + 0.5)) if n else 0.0

    def levels(self, group: Group, field_name: str) -> list[tuple[str, float]]:
        """The tokens of a word with boosts such that their sum behaves like the best of them."""
        weights = self.weights
        own = {stem: idf for stem in group.stems if (idf := self.idf(field_name, stem))}
        near = {token: (worth, idf) for token, worth in group.near if (idf := self.idf(field_name, token))}
        value = max(own.values(), default=0.0)
        total = sum(worth * idf for worth, idf in near.values())
        best = max((worth * idf for worth, idf in near.values()), default=0.0)
        share = best + weights.others * (total - best)
        if value:
            share = min(share, weights.share * value)
        boosts = [(token, worth * share / total) for token, (worth, _) in near.items()]
        if value:
            rest = max(value - share, weights.others * value) / sum(own.values())
            boosts += [(stem, rest) for stem in own]
            boosts.append((group.exact, weights.exact))
        return boosts


@dataclass(slots=True)
class Reading:
    """A question read: its words, what only changes the order, and the spelling it was understood with."""

    ranker: Ranker
    groups: list[Group] = field(default_factory=list)
    bonus: list[tuple[str, float]] = field(default_factory=list)
    places: dict[str, float] = field(default_factory=dict)
    respelt: dict[str, str] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)
    """Those of `respelt` that the user is told of: nothing else was found for the word as typed."""

    def score(self) -> Query:
        """Adds up what the words of a text are worth."""
        queries: list[Query] = []
        for name, weight in ((TITLE, self.ranker.weights.title), (TEXT, self.ranker.weights.text)):
            for group in self.groups:
                scale = weight * group.weight
                queries += [_term(name, t, scale * boost) for t, boost in self.ranker.levels(group, name)]
        return any_of(queries)

    def bonuses(self) -> list[Query]:
        """What tells two texts on one subject apart, in titles: "comment" from "combien"."""
        weight = self.ranker.weights.title
        asked = [_term(TITLE, t, weight * b) for t, b in self.bonus if self.ranker.count(TITLE, t)]
        return asked + self._places()

    def _places(self) -> list[Query]:
        """The places named, the greater first among those of one name."""
        if not self.places:
            return []
        named = [Query.const_score_query(_term(TEXT, name), worth) for name, worth in self.places.items()]
        standing = self.ranker.weights.standing
        sizes = [Query.const_score_query(_term(TITLE, f"^{n}"), standing * n) for n in range(1, 10)]
        return named + sizes

    def wide(self) -> Query:
        """Every text with one of the words, or with what stands for it: those that `score` gives a mark."""
        tokens = dict.fromkeys(token for group in self.groups for token in self._known(group))
        return any_of(_term(TEXT, token) for token in tokens)

    def narrow(self) -> Query:
        """The texts with most of the words, the rarest of them; nothing if one of these is nowhere."""
        words = [self._known(group) for group in self.groups if group.counts]
        words.sort(key=lambda tokens: sum(self.ranker.count(TEXT, token) for token in tokens))
        needed = words[: math.ceil(MOST * len(words))]
        queries = [any_of(_term(TEXT, token) for token in tokens) for tokens in needed]
        return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, q) for q in queries])

    def _known(self, group: Group) -> list[str]:
        return [token for token in group.tokens() if self.ranker.count(TEXT, token)]


def _term(field_name: str, token: str, boost: float = 1.0) -> Query:
    query = Query.term_query(schema(), field_name, token, index_option="freq")
    return query if boost == 1.0 else Query.boost_query(query, boost)


def any_of(queries: Iterable[Query]) -> Query:
    """At least one of them; nothing when there is none."""
    listed = list(queries)
    if len(listed) == 1:
        return listed[0]
    return Query.boolean_query([(Occur.Should, q) for q in listed]) if listed else Query.empty_query()
