"""Measures by those who carry them and by territory; what one is linked to; what is not known of it."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from fairealliance.lib.text_fr import fold
from fairealliance.observatory.models import Study
from fairealliance.roadmap.cards import MeasureCard, cards_of
from fairealliance.roadmap.enums import Result
from fairealliance.roadmap.models import Measure, MeasureTerritory
from fairealliance.roadmap.state import MeasureState, ProgrammeState
from fairealliance.territories.models import Territory


@dataclass(slots=True)
class Group:
    """Measures that share a facilitator or a territory; without a name, those that have none."""

    name: str
    href: str = ""
    note: str = ""
    cards: list[MeasureCard] = field(default_factory=list)


def by_facilitator(state: ProgrammeState) -> list[Group]:
    """In alphabetical order. An organisation we know is one group, whatever the names it is given. No query."""
    found: dict[object, Group] = {}
    for measure in state.measures:
        [card] = cards_of([measure])
        for each in measure.facilitators:
            organisation = each.organisation
            key = organisation.pk if organisation else fold(each.name)
            href = organisation.get_absolute_url() if organisation else ""
            name = organisation.name if organisation else each.name
            found.setdefault(key, Group(name, href)).cards.append(card)
    nobody = cards_of(each for each in state.measures if not each.facilitators)
    return _sorted(found, nobody)


def by_territory(state: ProgrammeState) -> list[Group]:
    """In alphabetical order. One query."""
    rows = MeasureTerritory.objects.filter(measure__programme=state.programme).select_related("territory")
    places: dict[int, list[Territory]] = defaultdict(list)
    for row in rows:
        places[row.measure_id].append(row.territory)
    found: dict[object, Group] = {}
    for measure in state.measures:
        [card] = cards_of([measure])
        for territory in places[measure.measure.pk]:
            level = str(territory.get_level_display())
            group = found.setdefault(territory.pk, Group(territory.name, territory.get_absolute_url(), level))
            group.cards.append(card)
    nobody = cards_of(each for each in state.measures if not places[each.measure.pk])
    return _sorted(found, nobody)


def _sorted(found: dict[object, Group], nobody: list[MeasureCard]) -> list[Group]:
    ordered = sorted(found.values(), key=lambda group: (fold(group.name), group.href))
    return [*ordered, Group("", cards=nobody)] if nobody else ordered


@dataclass(frozen=True, slots=True)
class Link:
    """Something a measure is tied to. `what`: as `actions.measures.link` names it, in text."""

    kind: str
    title: str
    href: str
    what: tuple[str, str] = ("", "")


def links_of(measure: Measure, *, with_drafts: bool = False) -> list[Link]:
    """Practices, resources, territories and studies; those not published are the desk's own. Four queries."""
    found = [_link(_("exemple"), each, "practice") for each in measure.practices.all()]
    found += [_link(_("ressource"), each, "resource") for each in measure.resources.all()]
    for row in measure.territory_links.select_related("territory"):
        place = row.territory
        what = ("territory", str(place.pk))
        found.append(Link(str(place.get_level_display()), place.name, place.get_absolute_url(), what))
    studies = (Study.objects.all() if with_drafts else Study.objects.published()).filter(slug__in=measure.studies)
    return found + [
        Link(_("étude"), each.title, each.get_absolute_url(), ("study", each.slug)) for each in studies.order_by("slug")
    ]


def _link(kind: str, item: Any, word: str) -> Link:
    return Link(kind, item.title, item.get_absolute_url(), (word, str(item.pk)))


def missing_from(state: MeasureState) -> list[str]:
    """What no document tells of it."""
    wording = state.wording
    facts: list[tuple[object, str]] = [
        (wording["objective"], _("l’objectif")),
        (wording["ways"], _("les modalités d’action")),
        (state.facilitators, _("les facilitateurs")),
        (wording["expected"], _("les résultats attendus")),
        (state.indicators, _("les indicateurs")),
        (state.report, _("un bilan")),
        (state.result != Result.NOT_REPORTED, _("le résultat")),
        (state.workstream, _("le chantier")),
    ]
    return [words for known, words in facts if not known]
