"""Looking for one's organisation before making another: by name, SIREN, SIRET or RNA; in a commune."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from fairealliance.lib.identifiers import clean_rna, clean_siren, clean_siret
from fairealliance.lib.slugs import slug
from fairealliance.organisations.autocomplete import begins
from fairealliance.organisations.models import Organisation
from fairealliance.territories.models import Territory

MOST = 30
_SHORTEST_WORD = 4


@dataclass
class Found:
    """What was found, or why nothing could be looked for (`problem`)."""

    organisations: list[Organisation] = field(default_factory=list)
    is_number: bool = False
    more: bool = False
    problem: str = ""


def find(said: str, place: Territory | None = None) -> Found:
    """Two queries at the most."""
    bare = "".join(said.split()).upper().replace(".", "")
    if bare.isdecimal() and len(bare) >= 7:
        return _by_siren(said, bare)
    if bare[:1] == "W" and bare[4:].isdecimal() and len(bare) >= 8:
        return _by_rna(said)
    words = slug(said)
    if len(words) < 2:
        return Found(problem=_("Écrivez au moins deux lettres du nom, ou un numéro."))
    return _by_name(words, place)


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


def _read(condition: Q) -> list[Organisation]:
    """One more than are shown, to know that there are more."""
    found = Organisation.objects.filter(condition).select_related("seat").order_by("slug", "pk").distinct()
    return list(found[: MOST + 1])
