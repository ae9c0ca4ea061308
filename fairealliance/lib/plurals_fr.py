"""Plurals of words that are written in French in the code, where a catalogue would only say them again."""

from gettext import NullTranslations


class WrittenInFrench(NullTranslations):
    """For what no catalogue holds. None, one and one and a half are singular; gettext would count in English."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if abs(n) < 2 else msgid2
