"""Acts in French. Each room says its own in its `journal_words.py`; what none tells is shown as it is written."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise

from fairealliance.lib.text_fr import fold

Words = str | Promise
_TOLD: dict[str, Words] = {}


def register(told: Mapping[str, Words]) -> None:
    """Verb → what was done. ValueError: another room tells that verb otherwise."""
    for verb, words in told.items():
        if str(_TOLD.setdefault(verb, words)) != str(words):
            raise ValueError(f"{verb} is told twice: {_TOLD[verb]}, {words}")


def told(verb: str) -> str:
    return str(_TOLD.get(verb, verb))


def known() -> list[str]:
    """All that can be told, in the order of the alphabet."""
    return sorted({str(words) for words in _TOLD.values()}, key=fold)


def verbs_like(text: str) -> Iterable[str]:
    """Those whose words hold `text`, whatever its case and accents."""
    sought = fold(text)
    return [verb for verb, words in _TOLD.items() if sought and sought in fold(str(words))]
