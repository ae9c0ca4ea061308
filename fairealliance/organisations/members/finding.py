"""Looking for one's organisation before making another: by name, acronym, SIREN, SIRET or RNA; in a commune. Names
badly typed are looked for in the index of search, which knows the words of all (`register_index`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from fairealliance.lib.identifiers import clean_rna, clean_siren, clean_siret
from fairealliance.lib.slugs import slug
from fairealliance.lib.text_fr import fold
from fairealliance.organisations.autocomplete import begins
from fairealliance.organisations.doubles import telling_words
from fairealliance.organisations.models import Organisation
from fairealliance.territories.models import Territory

MOST = 30
_SHORTEST_WORD = 4
_LONGEST_ACRONYM = 15
_ALIKE = 80.0
Index = Callable[[str, str], Sequence[int]]
"""For what was typed and the reference of a place, maybe empty: numbers of organisations, the likeliest first."""
_indexes: list[Index] = []


def register_index(index: Index) -> None:
    """The index of search is above this room: it tells itself. The last one holds."""
    _indexes[:] = [index]


@dataclass
class Found:
    """What was found, or why nothing could be looked for (`problem`)."""

    organisations: list[Organisation] = field(default_factory=list)
    is_number: bool = False
    more: bool = False
    problem: str = ""


def find(said: str, place: Territory | None = None) -> Found:
    """Four queries at the most, and one question to the index."""
    bare = "".join(said.split()).upper().replace(".", "")
    if bare.isdecimal() and len(bare) >= 7:
        return _by_siren(said, bare)
    if bare[:1] == "W" and bare[4:].isdecimal() and len(bare) >= 8:
        return _by_rna(said)
    words = slug(said)
    if len(words) < 2:
        return Found(problem=_("Écrivez au moins deux lettres du nom, ou un numéro."))
    found = _by_name(words, place)
    if len(found.organisations) < MOST:
        known = {each.pk for each in found.organisations}
        near = [each for each in _near(said, place) if each.pk not in known]
        found.organisations = [*found.organisations, *near][:MOST]
    return found


def _by_siren(said: str, bare: str) -> Found:
    try:
        number = clean_siret(said)[:9] if len(bare) > 9 else clean_siren(said)
    except ValueError as error:
        return Found(is_number=True, problem=str(error))
    return Found(_read(Q(siren=number)), is_number=True)


def _by_rna(said: str) -> Found:
    try:
        return Found(_read(Q(rna=clean_rna(said))), is_number=True)
    except ValueError as error:
        return Found(is_number=True, problem=str(error))


def _by_name(words: str, place: Territory | None) -> Found:
    if place is not None:
        found = _read(Q(slug__contains=words) & (Q(seat=place) | Q(territories=place)))
        return Found(found[:MOST], more=len(found) > MOST)
    found = _read(begins(words))
    if len(found) <= MOST and len(words) >= _SHORTEST_WORD:
        known = {each.pk for each in found}
        found += [each for each in _read(Q(slug__contains=f"-{words}")) if each.pk not in known]
    return Found(found[:MOST], more=len(found) > MOST)


def _near(said: str, place: Territory | None) -> list[Organisation]:
    """By its acronym, then those whose name is like what was typed, whatever the mistakes and the order of words."""
    letters = said.replace(".", "")
    where = Q(seat=place) | Q(territories=place) if place else Q()
    found = _read(Q(acronym__iexact=letters) & where) if len(letters) <= _LONGEST_ACRONYM else []
    numbers = [pk for index in _indexes for pk in index(said, place.ref if place else "")]
    told = {each.pk: each for each in _read(Q(pk__in=numbers[:MOST]))} if numbers else {}
    listed = [told[pk] for pk in numbers if pk in told and _is_like(said, told[pk])]
    return list(dict.fromkeys([*found, *listed]))


def _is_like(said: str, organisation: Organisation) -> bool:
    """The index also answers what an organisation says of itself: here, the words typed are those of its name."""
    named = [*telling_words(organisation.name), fold(organisation.acronym)]
    best = [max(fuzz.ratio(word, each) for each in named) for word in telling_words(said)]
    return bool(best) and sum(best) / len(best) >= _ALIKE


def _read(condition: Q) -> list[Organisation]:
    """One more than are shown, to know that there are more."""
    found = Organisation.objects.filter(condition).select_related("seat").order_by("slug", "pk").distinct()
    return list(found[: MOST + 1])
