"""Sentences the page and the document share."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fairealliance.goals.vocabulary import GOALS, THEMES
from fairealliance.lib.french_numbers import format_number, unit_after
from fairealliance.organisations.enums import Sphere
from fairealliance.resources.enums import UseStage
from fairealliance.sheets.filters import Filters
from fairealliance.sheets.sheet import Figure, Line, Section, Sheet, SourceNote, Where
from fairealliance.territories.enums import State
from fairealliance.territories.words import inhabitants

NO_BREAK = "\u00a0"


def moment(written: str) -> datetime:
    """The local time of an ISO date."""
    return timezone.localtime(datetime.fromisoformat(written))


def territory_line(where: Where) -> str:
    """« Commune · Loire · 172 569 habitants (2023) »."""
    parts = [where.level_label, where.context]
    if where.population is not None:
        count = inhabitants(where.population)
        parts.append(f"{count} ({where.population_year})" if where.population_year else count)
    return " · ".join(part for part in parts if part)


def reading_line(sheet: Sheet) -> str:
    """What the challenge was read into, as one sentence; empty when nothing was recognised."""
    names = [chip.label for chip in sheet.themes] + [
        _("%(name)s (ODD %(number)s)") % {"name": chip.label, "number": chip.value} for chip in sheet.goals
    ]
    return ", ".join(names)


def narrowing_lines(filters: Filters) -> list[str]:
    """What the user limited the sheet to."""
    lines = []
    if filters.goals:
        lines.append(_("objectifs : %s") % ", ".join(f"{n} {GOALS[n].short}" for n in filters.goals if n in GOALS))
    if filters.themes:
        lines.append(_("thèmes : %s") % ", ".join(THEMES[slug].name for slug in filters.themes if slug in THEMES))
    if filters.spheres:
        lines.append(_("partenaires : %s") % ", ".join(sphere(each) for each in filters.spheres))
    if filters.km:
        lines.append(_("à %s km au plus") % format_number(filters.km))
    return lines


def source_detail(source: SourceNote) -> str:
    """Vintage and licence, when known."""
    return ", ".join(part for part in (source.vintage, source.licence) if part)


def sphere(value: str) -> str:
    return str(Sphere(value).label) if value in Sphere.values else value


def state(value: str) -> str:
    return str(State(value).label) if value in State.values else value


def grouped(section: Section) -> list[tuple[str, list[Line]]]:
    """Lines of a section under small titles: tools by stage, allies by sphere, others under none."""
    if section.slug == "tools":
        titles = {stage.value: capfirst(str(stage.label)) for stage in UseStage}
        return _by(section.lines, titles, lambda line: line.stages, _("À toute étape"))
    if section.slug == "allies":
        titles = {each.value: capfirst(str(each.label)) for each in Sphere}
        return _by(section.lines, titles, lambda line: line.spheres, _("Sphère non précisée"))
    return [("", list(section.lines))] if section.lines else []


def _by(
    lines: Iterable[Line], titles: dict[str, str], keys: Callable[[Line], tuple[str, ...]], otherwise: str
) -> list[tuple[str, list[Line]]]:
    """Each line once, under the first of its keys in the order of `titles`."""
    groups: dict[str, list[Line]] = {key: [] for key in titles}
    rest: list[Line] = []
    for line in lines:
        first = next((key for key in titles if key in keys(line)), None)
        (rest if first is None else groups[first]).append(line)
    found = [(titles[key], members) for key, members in groups.items() if members]
    return [*found, (otherwise, rest)] if rest else found


def figure_value(figure: Figure) -> str:
    """« 13,2 % », « rural à habitat dispersé », or why there is none."""
    if figure.state != State.KNOWN:
        return state(figure.state)
    if figure.text:
        return figure.text
    number = format_number(figure.number or 0, figure.decimals)
    return f"{number}{NO_BREAK}{unit_after(figure.number or 0, figure.unit)}" if figure.unit else number
