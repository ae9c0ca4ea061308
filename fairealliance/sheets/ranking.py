"""What answers a challenge from a territory: how well, how near, and why, in words."""

from collections.abc import Iterable
from functools import cached_property

from django.utils.translation import gettext as _

from fairealliance.sheets.finding import Candidate
from fairealliance.sheets.place import Place
from fairealliance.sheets.subject import Subject

# How far nearness can lift or lower an answer. A good answer from afar still beats a poor one next door.
_NEAR_SHARE = 0.45
# An answer that shares neither theme nor goal with the challenge has only words in common with it.
_WORDS_ONLY = 0.45
# Invented content shows what a page will look like: it never hides what is real.
_INVENTED = 0.7
# One word in common would be chance when the challenge has more than these.
_FEW_WORDS = 2


class Ranked:
    """A candidate with its mark. Its reasons are put into words only when they are asked for."""

    def __init__(self, candidate: Candidate, subject: Subject, place: Place, near_share: float) -> None:
        self.candidate, self._subject, self._place = candidate, subject, place
        self.nearness = place.nearness(candidate.spot)
        self._themes = [slug for slug in subject.theme_slugs if slug in candidate.themes]
        self._goals = [number for number in subject.goal_numbers if number in candidate.goals]
        self.on_subject = bool(self._themes) or self._by_goal() or not subject.is_read
        main = bool(self._themes) and self._themes[0] == subject.theme_slugs[0]
        theme = 0.3 if main else 0.2 * bool(self._themes)
        answer = 0.55 * candidate.relevance + theme + 0.15 * bool(self._goals)
        if not self.on_subject:
            answer *= _WORDS_ONLY
        if candidate.is_demo:
            answer *= _INVENTED
        self.mark = answer * (1 - near_share + near_share * self.nearness.closeness)

    def _by_goal(self) -> bool:
        """A goal is wide: it is enough when the user chose it, or when nothing closer is known of the candidate."""
        if self._subject.is_chosen:
            return bool(self._goals)
        return not self.candidate.themes and any(goal in self._goals for goal in self._subject.goal_numbers[:2])

    @cached_property
    def answers(self) -> bool:
        """On the subject by a theme or a goal, or speaks of it; else it is only near."""
        return bool(self._spoken) or (self.on_subject and bool(self._themes or self._goals))

    @cached_property
    def joins(self) -> bool:
        """Whether an organisation answers by what it does: one word of its name alone is chance, or a place."""
        return bool(self._themes) or (self.on_subject and bool(self._goals)) or self._speaks

    @cached_property
    def _speaks(self) -> bool:
        told = set(self._spoken)
        if len(told) > 1:
            return True
        return bool(told and told & set(self._subject.words_in(self.candidate.summary)))

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """How near, then what it answers."""
        return (*self.where, *self.why)

    @cached_property
    def where(self) -> tuple[str, ...]:
        return self._place.words(self.candidate.spot, self.nearness)

    @cached_property
    def why(self) -> tuple[str, ...]:
        """« répond à : … » when a theme is shared, else the goal, else the words of the challenge it uses."""
        subject = self._subject
        if self._themes:
            names = ", ".join(subject.theme_name(slug) for slug in self._themes[:2])
            return (_("répond à : %(themes)s") % {"themes": names},)
        words = ", ".join(self._spoken[:3])
        spoken = (_("parle de : %(words)s") % {"words": words},) if words else ()
        if self._goals:
            names = ", ".join(subject.goal_name(number) for number in self._goals[:2])
            return (_("même objectif : %(goals)s") % {"goals": names}, *spoken)
        return spoken

    @cached_property
    def _spoken(self) -> list[str]:
        """The words in common, when they are more than chance."""
        subject = self._subject
        enough = 1 if len(subject.words) <= _FEW_WORDS or not subject.is_read else 2
        words = subject.words_in(f"{self.candidate.title} {self.candidate.summary}")
        return words if len(words) >= enough else []


def rank(
    candidates: Iterable[Candidate], subject: Subject, place: Place, *, near_first: float = _NEAR_SHARE
) -> list[Ranked]:
    """Best first. `near_first` (0 to 1) is the share of nearness in the mark."""
    ranked = [Ranked(candidate, subject, place, near_first) for candidate in candidates]
    ranked.sort(key=lambda each: (-each.mark, each.candidate.ref))
    return ranked
