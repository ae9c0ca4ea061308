"""A challenge in plain words, read into themes and goals, each with the user's own words that called for it.

Words are compared without accents, by stem, so that plurals and most verb endings meet. A phrase needs its
words in one sentence and nearly side by side, in any order ("l'école, ils la quittent"). What is read is a
proposal shown to the user, who corrects it: the reader prefers saying little to saying too much.
"""

import html
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from fairealliance.goals.stems import SMALL, key, keys, telling
from fairealliance.goals.vocabulary import GOALS, THEMES, Goal, Theme
from fairealliance.lib.text_fr import fold, squeeze

LIMIT = 10_000
"""Characters read; the rest of a longer text is left aside."""
MAX_THEMES, MAX_THEMES_OF_HINTS = 6, 3
MAX_GOALS = 6
MAX_WORDS = 40

PHRASE, LOOSE_PHRASE, WORD, HINT = 3.0, 2.5, 2.0, 1.0
"""A loose phrase has a single telling word: "pas de travail", "personne âgée"."""
EACH_FURTHER_WORD, IN_ORDER = 0.5, 0.25
HINTS_AT_MOST = 1.5
SLACK = 2
"""Foreign words tolerated inside a phrase."""
KEEP_THEME, KEEP_GOAL = 0.45, 0.25
"""Share of the best score below which a theme or a goal is not proposed."""
RANK_WEIGHTS = (1.0, 0.6, 0.4, 0.3)
TYPO_LENGTH, TYPO_TRIES = 7, 40
ANCHORS_TRIED = 12

_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,500}>")
_TOKEN = re.compile(r"[^\W_]+|[.!?;:\n,]")
_PAUSES = {**dict.fromkeys(".!?;:\n", 20), ",": 1}
"""Places left empty by a sign: after the end of a sentence, more than any phrase can bridge."""
_GOAL_NUMBER = re.compile(r"\b(?:odd|objectifs?)\s*(?:n[o°]?\s*)?(\d{1,2})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ThemeHit:
    theme: Theme
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalHit:
    goal: Goal
    score: float
    """Between 0 and 1, the best goal having 1."""
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    text: str
    goals: list[GoalHit]
    themes: list[ThemeHit]
    words: list[str]
    """The user's telling words, lower case, for the search: kept even when nothing was recognised."""


class _Token(NamedTuple):
    key: str
    folded: str
    start: int
    end: int
    place: int
    """Position among telling words; sentences are far apart, so that no phrase spans two."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    theme: str
    keys: tuple[str, ...]
    weight: float
    anchor: str = ""
    """The one of its keys that fewest patterns share: few patterns are tried for each word read."""
    others: tuple[str, ...] = ()
    """Its keys but the anchor."""
    strict: bool = False
    """Its words must touch: a negation bears on its neighbour only."""


class _Match(NamedTuple):
    weight: float
    tokens: tuple[int, ...]


def _weight(phrase: str) -> float:
    if len(keys(phrase)) == 1:
        return WORD
    telling = sum(1 for word in fold(phrase).split() if keys(word) and word not in SMALL.dull)
    return PHRASE + EACH_FURTHER_WORD * (telling - 2) if telling > 1 else LOOSE_PHRASE


def _patterns() -> Iterator[_Pattern]:
    for theme in THEMES.values():
        for phrase in theme.words:
            yield _Pattern(theme.slug, keys(phrase), _weight(phrase))
        for hint in theme.hints:
            yield _Pattern(theme.slug, keys(hint), HINT)


@cache
def _by_anchor() -> dict[str, tuple[_Pattern, ...]]:
    patterns = dict.fromkeys(_patterns())
    shared = Counter(each for pattern in patterns for each in pattern.keys)
    found: dict[str, list[_Pattern]] = defaultdict(list)
    for pattern in patterns:
        anchor = min(pattern.keys, key=lambda each: (shared[each], each))
        at = pattern.keys.index(anchor)
        others = pattern.keys[:at] + pattern.keys[at + 1 :]
        strict = not SMALL.negation_keys.isdisjoint(pattern.keys)
        found[anchor].append(replace(pattern, anchor=anchor, others=others, strict=strict))
    return {anchor: tuple(group) for anchor, group in found.items()}


@cache
def _known_words() -> dict[str, tuple[str, ...]]:
    """Folded words of the vocabulary long enough to be recognised with a slip, by first letter."""
    words: dict[str, set[str]] = defaultdict(set)
    for theme in THEMES.values():
        for word in fold(" ".join(theme.words + theme.hints)).split():
            if len(word) >= TYPO_LENGTH:
                words[word[0]].add(word)
    return {letter: tuple(sorted(group)) for letter, group in words.items()}


@cache
def _known_keys() -> frozenset[str]:
    return frozenset(each for pattern in _patterns() for each in pattern.keys)


@lru_cache(maxsize=10_000)
def _mend(folded: str) -> str | None:
    """The vocabulary's word that differs from this one by a single slip, if any."""
    for word in _known_words().get(folded[0], ()):
        if abs(len(word) - len(folded)) <= 1 and OSA.distance(folded, word, score_cutoff=1) <= 1:
            return word
    return None


def _clean(text: str) -> str:
    return _TAG.sub(" ", html.unescape(text[:LIMIT]))


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    known = _known_keys()
    place = tries = 0
    for match in _TOKEN.finditer(text):
        raw = match.group()
        if raw in _PAUSES:
            place += _PAUSES[raw]
            continue
        found = telling(raw)
        if found is None:
            continue
        folded, stem = found
        if stem not in known and len(folded) >= TYPO_LENGTH and tries < TYPO_TRIES:
            tries += 1
            stem = key(_mend(folded) or folded)
        tokens.append(_Token(stem, folded, match.start(), match.end(), place))
        place += 1
    return tokens


def _around(tokens: list[_Token], at: int, pattern: _Pattern, where: dict[str, list[int]]) -> tuple[int, ...] | None:
    """Indices of the tokens that make the pattern near `at` (which holds its anchor), or None."""
    reach = len(pattern.keys) + (0 if pattern.strict else SLACK)
    here = tokens[at].place
    taken = [at]
    for each in pattern.others:
        spots = where[each]
        nearby = spots[bisect_left(spots, at - reach) : bisect_right(spots, at + reach)]
        near = [i for i in nearby if i not in taken and abs(tokens[i].place - here) < reach]
        if not near:
            return None
        taken.append(min(near, key=lambda i: abs(i - at)))
    taken.sort()
    return tuple(taken) if tokens[taken[-1]].place - tokens[taken[0]].place < reach else None


def _weigh(tokens: list[_Token], pattern: _Pattern, indices: tuple[int, ...]) -> float:
    in_order = len(indices) > 1 and tuple(tokens[i].key for i in indices) == pattern.keys
    return pattern.weight + (IN_ORDER if in_order else 0)


def _first(tokens: list[_Token], pattern: _Pattern, where: dict[str, list[int]]) -> tuple[int, ...] | None:
    """The first place where the pattern stands whole."""
    spots = where[pattern.anchor]
    if not pattern.others:
        return (spots[0],)
    if not all(each in where for each in pattern.others):
        return None
    tried = (_around(tokens, at, pattern, where) for at in spots[:ANCHORS_TRIED])
    return next((indices for indices in tried if indices is not None), None)


def _matches(tokens: list[_Token]) -> dict[str, list[_Match]]:
    """For each theme, the patterns found, each once."""
    where: dict[str, list[int]] = defaultdict(list)
    for at, token in enumerate(tokens):
        where[token.key].append(at)
    found: dict[str, list[_Match]] = defaultdict(list)
    anchors = _by_anchor()
    for anchor in list(where):
        for pattern in anchors.get(anchor, ()):
            indices = _first(tokens, pattern, where)
            if indices is not None:
                found[pattern.theme].append(_Match(_weigh(tokens, pattern, indices), indices))
    return found


def _score(matches: Iterable[_Match]) -> tuple[float, list[_Match]]:
    """Sum of the weights, each word of the text serving once; hints together count for little."""
    used: set[int] = set()
    kept: list[_Match] = []
    strong = hints = 0.0
    for match in sorted(matches, key=lambda m: (-m.weight, m.tokens)):
        if used.intersection(match.tokens):
            continue
        used.update(match.tokens)
        kept.append(match)
        if match.weight == HINT:
            hints += HINT
        else:
            strong += match.weight
    return strong + min(hints, HINTS_AT_MOST), kept


def _quotes(text: str, tokens: list[_Token], matches: list[_Match]) -> tuple[str, ...]:
    """The user's own words behind the matches, in the order of the text."""
    spans = sorted((tokens[m.tokens[0]].start, tokens[m.tokens[-1]].end) for m in matches)
    return tuple(dict.fromkeys(squeeze(text[start:end]) for start, end in spans))


def _themes(text: str, tokens: list[_Token]) -> list[ThemeHit]:
    ranked: list[tuple[float, int, ThemeHit]] = []
    for slug, matches in _matches(tokens).items():
        score, kept = _score(matches)
        first = min(match.tokens[0] for match in kept)
        ranked.append((-score, first, ThemeHit(THEMES[slug], score, _quotes(text, tokens, kept))))
    ranked.sort(key=lambda row: row[:2])
    best = ranked[0][2].score if ranked else 0.0
    at_most = MAX_THEMES if best >= WORD else MAX_THEMES_OF_HINTS
    return [hit for _, _, hit in ranked if hit.score >= KEEP_THEME * best][:at_most]


def _goals(text: str, themes: list[ThemeHit]) -> list[GoalHit]:
    scores: dict[int, float] = defaultdict(float)
    because: dict[int, dict[str, None]] = defaultdict(dict)
    for match in _GOAL_NUMBER.finditer(text):
        number = int(match.group(1))
        if number in GOALS:
            scores[number] += PHRASE
            because[number][squeeze(match.group())] = None
    for hit in themes:
        for number, weight in zip(hit.theme.goals, RANK_WEIGHTS, strict=False):
            scores[number] += weight * hit.score
            because[number].update(dict.fromkeys(hit.because))
    best = max(scores.values(), default=1.0)
    hits = [GoalHit(GOALS[n], round(scores[n] / best, 2), tuple(because[n])) for n in scores]
    hits.sort(key=lambda hit: (-hit.score, hit.goal.number))
    return [hit for hit in hits if hit.score >= KEEP_GOAL][:MAX_GOALS]


def _telling_words(text: str, tokens: list[_Token]) -> list[str]:
    words: dict[str, str] = {}
    for token in tokens:
        if token.folded not in SMALL.dull:
            words.setdefault(token.key, text[token.start : token.end].lower())
        if len(words) == MAX_WORDS:
            break
    return list(words.values())


def read(text: str) -> Reading:
    """Themes and goals called for by `text` (any text: empty, emoji, HTML, 10,000 characters)."""
    clean = _clean(text)
    tokens = _tokens(clean)
    themes = _themes(clean, tokens)
    return Reading(text, _goals(clean, themes), themes, _telling_words(clean, tokens))
