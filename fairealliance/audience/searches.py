"""Searches that found nothing: what is missing here, never who looked for it."""

import re

from django.http import HttpRequest

from fairealliance.lib.text_fr import fold

_LONGEST = 80
_MOST_WORDS = 8
_SHORTEST = 3
# An address of mail or of the web, a telephone, an identifier, a date of birth: nothing of a person is kept.
_TELLING = re.compile(r"[@＠]|https?:|www\.|(?:\d[\s./_-]?){5,}")
_KEY = "audience_found_nothing"


def found_nothing(request: HttpRequest, text: str) -> None:
    """Tell that `text` found nothing. Counted after the answer, if the visit is one that counts."""
    setattr(request, _KEY, normal(text))


def missed_by(request: HttpRequest) -> str:
    """The words that found nothing on this page, or nothing."""
    return str(getattr(request, _KEY, ""))


def normal(text: str) -> str:
    """The words without capitals, accents nor signs; empty when they could tell of a person or say too little."""
    if _TELLING.search(text):
        return ""
    words = fold(text)
    if not _SHORTEST <= len(words) <= _LONGEST or len(words.split()) > _MOST_WORDS:
        return ""
    return words
