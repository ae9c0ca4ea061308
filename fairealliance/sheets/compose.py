"""From a territory and a challenge to an action sheet.

The number of queries, to the database and to the index, does not depend on how much either holds.
"""

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.sheets import allies, counters, data, people, skills, sources
from fairealliance.sheets.cases import cases
from fairealliance.sheets.filters import Filters
from fairealliance.sheets.finding import Finder
from fairealliance.sheets.place import Place, locate
from fairealliance.sheets.ranking import rank
from fairealliance.sheets.sheet import Line, Section, Sheet, Where
from fairealliance.sheets.steps import steps
from fairealliance.sheets.subject import Subject, understand
from fairealliance.sheets.tools import tools_and_trainings
from fairealliance.territories.addresses import address_of
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory


def compose(territory: Territory, challenge: str, filters: Filters | None = None) -> Sheet:
    """The sheet for `challenge` (plain words) on `territory`, narrowed by `filters`."""
    filters = filters or Filters()
    subject = understand(challenge, filters)
    place = locate(territory)
    find = Finder(subject, place, filters)
    figures, figures_gaps = data.figures(place, subject)
    examples = cases(subject, place, filters, find)
    tools, trainings = tools_and_trainings(subject, place, find)
    with_whom, helpers, counter = _people(subject, place, filters, find, trainings)
    examples, tools, helpers, with_whom = (
        _unless_silent(section, find) for section in (examples, tools, helpers, with_whom)
    )
    found = allies.present(with_whom.lines)
    return Sheet(
        territory=_where(place),
        challenge=challenge,
        filters=filters,
        goals=subject.goals,
        themes=subject.themes,
        figures=tuple(figures),
        figures_gaps=tuple(figures_gaps),
        comparable=_comparable(place),
        cases=examples,
        tools=tools,
        skills=helpers,
        allies=with_whom,
        spheres_present=found,
        spheres_missing=tuple(sphere for sphere in allies.CIRCLES if sphere not in found),
        steps=steps(subject, examples.lines, with_whom.lines, helpers.lines, counter),
        search_state=find.state,
        composed_at=timezone.now().isoformat(timespec="seconds"),
        notices=tuple(_notices(subject, place, find)),
    )


def _unless_silent(section: Section, find: Finder) -> Section:
    """Without an answer from search, not found does not mean that nothing exists."""
    return section if find.state == "ready" else replace(section, gaps=())


def _people(
    subject: Subject, place: Place, filters: Filters, find: Finder, trainings: tuple[Line, ...]
) -> tuple[Section, Section, Line | None]:
    """Allies, helpers and the nearest counter: three searches, one reading of the database."""
    candidates = allies.pick(rank(find.organisations(), subject, place, near_first=allies.NEAR_SHARE), filters)
    supporters = skills.pick(rank(find.supporters(), subject, place, near_first=skills.NEAR_SHARE))
    house = rank(counters.nearest(place), subject, place)
    rows = people.read([*candidates, *supporters, *house])
    counter = next((people.line(each, rows[each.candidate.pk]) for each in house if each.candidate.pk in rows), None)
    with_whom = allies.section(candidates, rows, subject, place, filters)
    shown = {line.ref for line in with_whom.lines}
    return with_whom, skills.section(supporters, rows, trainings, shown), counter


def _where(place: Place) -> Where:
    territory = place.territory
    around = place.at(Level.DEPARTEMENT) if territory.level != Level.DEPARTEMENT else place.at(Level.REGION)
    context = ", ".join(one.name for one in around if one != territory)
    return Where(
        ref=territory.ref,
        name=territory.name,
        level=territory.level,
        level_label=str(Level(territory.level).label).capitalize(),
        url=territory.get_absolute_url(),
        context=context,
        population=territory.population,
        population_year=territory.population_year,
    )


def _comparable(place: Place) -> Section:
    """Territories like this one, each with what brings them together."""
    title = _("Territoires comparables")
    lines = tuple(
        Line(
            ref=each.territory_ref,
            title=each.name,
            url=address_of(each.territory_ref, each.name),
            source=sources.comparison(),
            reasons=tuple(each.traits),
        )
        for each in place.neighbours.values()
    )
    if lines:
        return Section("comparable", title, lines)
    if place.territory.level in (Level.COMMUNE, Level.EPCI):
        return Section(
            "comparable",
            title,
            (),
            (_("Pas assez de chiffres connus pour trouver des territoires comparables."),),
        )
    return Section(
        "comparable", title, (), (_("La comparaison n’existe qu’entre communes et entre intercommunalités."),)
    )


def _notices(subject: Subject, place: Place, find: Finder) -> list[str]:
    notices = []
    if find.state != "ready":
        notices.append(
            _(
                "La recherche est en cours de reconstruction : les exemples, les outils et les personnes "
                "reviendront dans quelques minutes. Les chiffres et les premiers pas sont là."
            )
        )
    if not subject.is_read:
        notices.append(
            _(
                "Nous n’avons reconnu ni objectif ni thème dans votre défi : la fiche s’appuie sur vos mots "
                "seuls. Vous pouvez choisir des thèmes dans « Préciser »."
            )
        )
    if place.territory.level in (Level.COMMUNE, Level.EPCI) and not place.is_point:
        notices.append(_("La position de ce territoire n’est pas connue : les distances ne peuvent pas être dites."))
    return notices
