"""Exemples: what others did about it, those that answer best and are nearest first."""

from collections.abc import Iterable, Sequence
from itertools import islice

from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.text_fr import shorten
from fairealliance.lib.titles import calm_title
from fairealliance.practices.models import Practice
from fairealliance.sheets import sources
from fairealliance.sheets.filters import Filters
from fairealliance.sheets.finding import Finder
from fairealliance.sheets.place import Place
from fairealliance.sheets.ranking import Ranked, rank
from fairealliance.sheets.sheet import Line, Section
from fairealliance.sheets.subject import Subject
from fairealliance.territories.enums import Level
from fairealliance.territories.words import at_name, within

SHOWN = 6
_ENOUGH = 3
# Read from the database to keep those with the wanted partners; more would be slow and change nothing.
_READ = 40
TITLE, SUMMARY = 140, 240


def cases(subject: Subject, place: Place, filters: Filters, find: Finder) -> Section:
    """Two queries: the cases, and their partners."""
    found = find.practices()
    ranked = _worth_showing([each for each in rank(found, subject, place) if _close_enough(each, filters)])
    kept = _with_partners(ranked[:_READ] if filters.spheres else ranked[: SHOWN + 2], filters)[:SHOWN]
    lines = tuple(_line(each, practice) for each, practice in kept)
    return Section("cases", _("Exemples"), lines, tuple(_gaps(ranked, lines, place, filters)))


def _worth_showing(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Those on the subject; when they are few, also some that only share its words."""
    own = [each for each in ranked if each.on_subject]
    others = (each for each in ranked if not each.on_subject and each.answers)
    return [*own, *islice(others, max(0, _ENOUGH - len(own)))]


def _close_enough(ranked: Ranked, filters: Filters) -> bool:
    """Within the distance asked; what has no point is kept only when it is here."""
    if filters.km is None:
        return True
    return ranked.nearness.circle == "here" or (ranked.nearness.km is not None and ranked.nearness.km <= filters.km)


def _with_partners(ranked: Sequence[Ranked], filters: Filters) -> list[tuple[Ranked, Practice]]:
    """Those the database still holds, with a partner of each kind wanted."""
    rows = Practice.objects.filter(pk__in=[each.candidate.pk for each in ranked])
    practices = {row.pk: row for row in rows.select_related("source").prefetch_related("partners").order_by("pk")}
    kept = [(each, practices[each.candidate.pk]) for each in ranked if each.candidate.pk in practices]
    if not filters.spheres:
        return kept
    return [(each, row) for each, row in kept if set(filters.spheres) & set(spheres_of(row))]


def spheres_of(practice: Practice) -> tuple[str, ...]:
    """Spheres of its partners, each once, in the order met."""
    return tuple(dict.fromkeys(partner.sphere for partner in practice.partners.all() if partner.sphere))


def _line(ranked: Ranked, practice: Practice) -> Line:
    candidate = ranked.candidate
    return Line(
        ref=candidate.ref,
        title=shorten(calm_title(practice.title, [candidate.spot.name]), TITLE),
        url=practice.get_absolute_url(),
        source=sources.of_item(practice),
        reasons=ranked.reasons,
        kicker=str(practice.get_form_display() or practice.get_kind_display()),
        summary=shorten(practice.summary or practice.challenge, SUMMARY),
        place=candidate.spot.name,
        km=ranked.nearness.km,
        year=practice.start_year,
        spheres=spheres_of(practice),
        goals=tuple(practice.goals),
        themes=tuple(practice.themes),
        is_demo=practice.is_demo,
    )


def _gaps(ranked: Sequence[Ranked], lines: Sequence[Line], place: Place, filters: Filters) -> Iterable[str]:
    """What was looked for and not found, told with the nearest that was."""
    answering = [each for each in ranked if each.on_subject]
    real = [each for each in answering if not each.candidate.is_demo]
    if answering and not real and lines:
        yield _("Pas encore d’exemple réel connu sur ce défi : ceux-ci sont inventés, pour montrer.")
        return
    answering = real
    if not answering and ranked and lines:
        yield _("Aucun exemple connu ne porte vraiment sur ce défi : ceux-ci en partagent seulement les mots.")
        return
    if not lines:
        yield _nothing(filters)
        return
    where = _missing_in(answering, place)
    if where:
        nearest = min(
            (e for e in answering if e.nearness.km is not None),
            key=lambda e: e.nearness.km or 0.0,
            default=None,
        )
        yield _no_case_in(where, nearest)


def _nothing(filters: Filters) -> str:
    if filters.narrows:
        return _("Aucun exemple connu avec ces choix. Élargissez la distance ou retirez un filtre pour en voir.")
    return _("Pas encore d’exemple connu sur ce défi. Si vous en connaissez un, il aidera d’autres territoires.")


def _missing_in(answering: Sequence[Ranked], place: Place) -> str:
    """The narrowest of département or région without a case: « dans la Loire »; empty when there is one."""
    for levels in ((Level.DEPARTEMENT,), (Level.REGION,)):
        around = place.at(*levels)
        if around and not any(one.ref in each.candidate.spot.scopes for each in answering for one in around):
            return within(around[0])
        if around:
            return ""
    return ""


def _no_case_in(where: str, nearest: Ranked | None) -> str:
    if nearest is None or nearest.nearness.km is None:
        return _("Pas encore d’exemple connu %(where)s sur ce défi : ceux-ci viennent d’ailleurs.") % {"where": where}
    name = nearest.candidate.spot.name
    words = _("Pas encore d’exemple connu %(where)s sur ce défi : le plus proche est %(place)s, à %(km)s km.")
    return words % {
        "where": where,
        "place": at_name(name) if name else _("dans un lieu non précisé"),
        "km": format_number(nearest.nearness.km),
    }
