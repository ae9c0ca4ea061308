"""Avec qui: organisations by what they do and how near they are; of the three circles, which is missing?"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from django.utils.translation import gettext as _

from fairealliance.goals.vocabulary import THEMES
from fairealliance.organisations.enums import Sphere
from fairealliance.organisations.models import Organisation
from fairealliance.sheets import people, sources, words
from fairealliance.sheets.filters import Filters
from fairealliance.sheets.place import Place
from fairealliance.sheets.ranking import Ranked
from fairealliance.sheets.sheet import Line, Section
from fairealliance.sheets.subject import Subject
from fairealliance.territories.enums import Level
from fairealliance.territories.governing import METROPOLE_DE_LYON, council_name, is_departement
from fairealliance.territories.models import Territory

CIRCLES = (Sphere.ASSOCIATION.value, Sphere.ENTREPRISE.value, Sphere.COLLECTIVITE.value)
SHOWN = 9
_PER_SPHERE = 3
_SPARE = 3  # the index may be late: some may be gone
# An ally is someone one can meet.
NEAR_SHARE = 0.6


def pick(ranked: Iterable[Ranked], filters: Filters) -> list[Ranked]:
    """Those who answer, within the distance asked, no sphere taking all the room; a few to spare."""
    taken: dict[tuple[str, ...], int] = {}
    picked = []
    for each in ranked:
        full = taken.get(each.candidate.spheres, 0) == _PER_SPHERE
        if full or not _near_enough(each, filters) or not each.joins:
            continue
        taken[each.candidate.spheres] = taken.get(each.candidate.spheres, 0) + 1
        picked.append(each)
        if len(picked) == SHOWN + _SPARE:
            break
    return picked


def _near_enough(ranked: Ranked, filters: Filters) -> bool:
    """An ally is met: near, of the same région, or at work all over France, which is never too far."""
    nearness = ranked.nearness
    if nearness.circle in ("here", "everywhere"):
        return True
    if filters.km is None:
        return nearness.circle not in ("elsewhere", "comparable")
    return nearness.km is not None and nearness.km <= filters.km


def section(
    ranked: Sequence[Ranked],
    rows: Mapping[int, Organisation],
    subject: Subject,
    place: Place,
    filters: Filters,
) -> Section:
    """The organisations, the collectivités the territory belongs to, and what is missing."""
    known = (people.line(each, rows[each.candidate.pk]) for each in ranked if each.candidate.pk in rows)
    lines = [*_collectivities(place, subject, filters), *islice(known, SHOWN)]
    return Section("allies", _("Avec qui"), tuple(lines), tuple(_gaps(lines, ranked, subject, filters)))


def present(lines: Iterable[Line]) -> tuple[str, ...]:
    """Which of the three circles are among these lines."""
    found = {sphere for line in lines for sphere in line.spheres}
    return tuple(sphere for sphere in CIRCLES if sphere in found)


def _collectivities(place: Place, subject: Subject, filters: Filters) -> Iterable[Line]:
    """The intercommunality and the département are allies one always has."""
    if filters.spheres and Sphere.COLLECTIVITE not in filters.spheres:
        return
    role = _usual(subject, Sphere.COLLECTIVITE)
    for level, words_ in (
        (Level.EPCI, _("votre intercommunalité")),
        (Level.DEPARTEMENT, _("votre département")),
    ):
        for one in place.at(level):
            if one != place.territory:
                yield _collectivity(one, words_, role)
                if one.code == METROPOLE_DE_LYON:
                    return  # it is the département of its communes
                break


def _collectivity(one: Territory, reason: str, role: str) -> Line:
    kicker = str(Level(one.level).label).capitalize()
    if one.level == Level.DEPARTEMENT and not is_departement(one):
        reason, kicker = _("votre collectivité"), _("Collectivité")
    return Line(
        ref=one.ref,
        title=council_name(one) if one.level == Level.DEPARTEMENT else one.name,
        url=one.get_absolute_url(),
        source=sources.geography(),
        reasons=(reason, *([_("souvent utile ici : %s") % role] if role else [])),
        kicker=kicker,
        spheres=(Sphere.COLLECTIVITE.value,),
    )


def _usual(subject: Subject, sphere: str) -> str:
    """Who of this sphere usually helps on the main theme, in our vocabulary's words."""
    for slug in subject.theme_slugs[:1]:
        for ally in THEMES[slug].allies:
            if ally.sphere == sphere:
                return ally.who
    return ""


def _gaps(lines: Sequence[Line], ranked: Sequence[Ranked], subject: Subject, filters: Filters) -> Iterable[str]:
    for sphere in CIRCLES:
        if sphere in present(lines) or (filters.spheres and sphere not in filters.spheres):
            continue
        usual = _usual(subject, sphere)
        missing = {
            Sphere.ASSOCIATION: _("Il manque le cercle des associations."),
            Sphere.ENTREPRISE: _("Il manque le cercle des entreprises."),
            Sphere.COLLECTIVITE: _("Il manque le cercle des collectivités."),
        }[Sphere(sphere)]
        yield f"{missing} {_('Souvent utile sur ce défi : %s.') % usual}" if usual else missing
    if filters.spheres and not lines:
        labels = ", ".join(words.sphere(each) for each in filters.spheres)
        yield _("Personne de connu parmi : %s, avec ces choix.") % labels
    elif ranked and not any(each.nearness.circle in ("here", "epci", "near") for each in ranked):
        if any(each.nearness.circle == "departement" and each.nearness.km is None for each in ranked):
            yield _("De celles-ci, seul le département est connu : elles peuvent être près de chez vous, ou loin.")
        else:
            yield _("Aucune organisation connue sur ce défi à moins de 30 km : celles-ci sont plus loin ou nationales.")
