"""Taking a person who goes out of words that stay: their addresses, their numbers, their full name."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fairealliance.accounts.personal import Person
from fairealliance.lib.phones import PHONE, without
from fairealliance.lib.text_fr import fold

_SMALL = frozenset(fold("le la les de des du et ou un une en au aux ce ces pour par sur dans avec nous vous").split())


@dataclass(frozen=True, slots=True)
class Unnaming:
    """`reach`: what leads to them. `theirs`: that, and their full name. `numbers`: the phone numbers they gave."""

    reach: re.Pattern[str]
    theirs: re.Pattern[str]
    numbers: frozenset[str]

    def clean(self, text: str, *, is_own: bool = False) -> str:
        """In their own words any phone number is taken for theirs; in those of others, the ones they gave."""
        left = self.theirs.sub(_("[retiré]"), text)
        return PHONE.sub(_("[retiré]"), left) if is_own else without(left, self.numbers, _("[retiré]"))

    def unreached(self, text: str) -> str:
        """Less what leads to them; their name may stay."""
        return without(self.reach.sub(_("[retiré]"), text), self.numbers, _("[retiré]"))


def unnaming(person: Person) -> Unnaming:
    """The name is one they chose, and the words are often of others: one word, or words that any sentence has, tell
    nobody.
    """
    mails = [re.escape(mail) for mail in sorted({*person.mails, person.user.email} - {""})]
    words = person.user.name.split()
    named = []
    if sum(len(fold(word)) > 1 and fold(word) not in _SMALL for word in words) > 1:
        named.append(r"\s+".join(map(re.escape, words)))
    return Unnaming(_any_of(mails), _any_of([*mails, *named]), person.numbers)


def _any_of(said: list[str]) -> re.Pattern[str]:
    """Whatever the case, never within a longer word. In a mail, a joiner nobody sees stands after a stop
    (`design.letters.unlinked`).
    """
    found = "|".join(said).replace(r"\.", "\\.\u2060?")
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)
