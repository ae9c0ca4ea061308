"""Organisations that may be the same: by their numbers surely, by name and commune perhaps."""

import re
from collections import defaultdict

from django.db.models import Count, Q
from rapidfuzz import fuzz

from fairealliance.lib.slugs import slug
from fairealliance.lib.text_fr import fold
from fairealliance.organisations.models import Organisation

_ALIKE = 82.0
_SHOWN, _READ = 6, 400
# What a name bears beside what tells it from another.
_LEGAL = re.compile(
    r"\b(association|assoc|asso|sarl|sas|sasu|sa|eurl|scop|scic|societe|entreprise|ets|etablissements|mairie|ville|"
    r"commune|fondation|collectif|comite|groupe|de|du|des|la|le|les|l|d|et|en|pour|a|au|aux)\b"
)


def by_number(siren: str | None, rna: str | None) -> Organisation | None:
    """The one that bears that SIREN, else that RNA."""
    for field, value in (("siren", siren), ("rna", rna)):
        if value and (found := Organisation.objects.filter(**{field: value}).first()):
            return found
    return None


def near(name: str, seat_id: int | None) -> list[Organisation]:
    """Those whose name is much alike, in the same commune when it is told; six at the most, the likest first."""
    words = sorted(telling_words(name), key=len, reverse=True)[:2]
    if not words:
        return []
    about = Q(slug=slug(name))
    if seat_id:
        for word in words:
            about |= Q(slug__contains=word[:6], seat=seat_id)
    found = Organisation.objects.filter(about, closed_on=None).select_related("seat").order_by("pk")[:_READ]
    scored = [(likeness(name, each.name), each) for each in found]
    alike = sorted((pair for pair in scored if pair[0] >= _ALIKE), key=lambda pair: (-pair[0], pair[1].pk))
    return [each for _score, each in alike[:_SHOWN]]


def likeness(one: str, other: str) -> float:
    """0 to 100, whatever the order of the words, small ones and legal forms left aside."""
    return fuzz.token_sort_ratio(" ".join(telling_words(one)), " ".join(telling_words(other)))


def telling_words(name: str) -> list[str]:
    """Folded, small ones and legal forms left aside when others remain."""
    folded = fold(name)
    return _LEGAL.sub(" ", folded).split() or folded.split()


def same_name_and_seat(most: int = 50) -> list[list[Organisation]]:
    """Groups of organisations of one name in one commune, none with another's number; two queries."""
    groups = Organisation.objects.filter(closed_on=None, seat__isnull=False).values_list("slug", "seat")
    found = list(groups.annotate(count=Count("pk")).filter(count__gt=1).order_by("slug", "seat")[:most])
    if not found:
        return []
    about = Q()
    for name, seat, _count in found:
        about |= Q(slug=name, seat=seat)
    held: dict[tuple[str, int | None], list[Organisation]] = defaultdict(list)
    for each in Organisation.objects.filter(about, closed_on=None).select_related("seat", "source").order_by("pk"):
        held[each.slug, each.seat_id].append(each)
    return [group for group in held.values() if len({each.siren for each in group if each.siren}) < len(group)]
