"""What answers a challenge from a territory: how well, how near, and why, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fairealliance.sheets.finding import Candidate
from fairealliance.sheets.place import Nearness, Place
from fairealliance.sheets.subject import Subject

# How far nearness can lift or lower an answer. A good answer from afar still beats a poor one next door.
_NEAR_SHARE = 0.45
# An answer that shares neither theme nor goal with the challenge has only words in common with it.
_WORDS_ONLY = 0.45


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its mark and the reasons to show it."""

    candidate: Candidate
    mark: float
    nearness: Nearness
    reasons: tuple[str, ...]
    on_subject: bool
    answers: bool
    """Shares a theme, a goal or at least a word with the challenge; else it is only near."""


def rank(
    candidates: Iterable[Candidate], subject: Subject, place: Place, *, near_first: float = _NEAR_SHARE
) -> list[Ranked]:
    """Best first. `near_first` (0 to 1) is the share of nearness in the mark."""
    ranked = [_weigh(candidate, subject, place, near_first) for candidate in candidates]
    ranked.sort(key=lambda each: (-each.mark, each.candidate.ref))
    return ranked


def _weigh(candidate: Candidate, subject: Subject, place: Place, near_share: float) -> Ranked:
    nearness = place.nearness(candidate.spot)
    themes = [theme for theme in subject.theme_slugs if theme in candidate.themes]
    goals = [goal for goal in subject.goal_numbers if goal in candidate.goals]
    answer = 0.55 * candidate.relevance + 0.3 * bool(themes) + 0.15 * bool(goals)
    on_subject = bool(themes or goals) or not subject.is_read
    if not on_subject:
        answer *= _WORDS_ONLY
    mark = answer * (1 - near_share + near_share * nearness.closeness)
    why = answer_words(candidate, subject, themes, goals)
    return Ranked(candidate, mark, nearness, (*nearness.words, *why), on_subject, bool(why))


def answer_words(
    candidate: Candidate, subject: Subject, themes: Sequence[str], goals: Sequence[int]
) -> tuple[str, ...]:
    """« répond à : … » when a theme is shared, else the goal, else the words of the challenge it uses."""
    if themes:
        names = ", ".join(subject.theme_name(theme) for theme in themes[:2])
        return (_("répond à : %(themes)s") % {"themes": names},)
    shared = subject.words_in(f"{candidate.title} {candidate.summary}")
    spoken = (_("parle de : %(words)s") % {"words": ", ".join(shared[:3])},) if shared else ()
    if goals:
        names = ", ".join(subject.goal_name(goal) for goal in goals[:2])
        return (_("même objectif : %(goals)s") % {"goals": names}, *spoken)
    return spoken
