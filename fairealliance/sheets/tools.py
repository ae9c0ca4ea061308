"""Méthodes et outils: resources of every nature, by stage. Trainings go with the skills."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from fairealliance.lib.text_fr import shorten
from fairealliance.resources.enums import Medoc, UseStage
from fairealliance.resources.models import Resource
from fairealliance.sheets import sources
from fairealliance.sheets.finding import Finder
from fairealliance.sheets.place import Place
from fairealliance.sheets.ranking import Ranked, rank
from fairealliance.sheets.sheet import Line, Section
from fairealliance.sheets.subject import Subject

SHOWN = 8
TRAININGS = 3
_PER_STAGE = 3
# A method for making alliances serves whatever the challenge: goal 17 is the hub's own.
ALLIANCES = 17
SUMMARY = 200
# A tool is used from anywhere: nearness hardly matters.
_NEAR_SHARE = 0.1


def tools_and_trainings(subject: Subject, place: Place, find: Finder) -> tuple[Section, tuple[Line, ...]]:
    """The section of tools and the lines of training. One query."""
    ranked = rank(find.resources(), subject, place, near_first=_NEAR_SHARE)
    rows = _read(ranked)
    lines = [(each, rows[each.candidate.pk]) for each in ranked if each.candidate.pk in rows]
    tools = [_line(each, row) for each, row in lines if row.medoc != Medoc.SKILL]
    trainings = [_line(each, row) for each, row in lines if row.medoc == Medoc.SKILL][:TRAININGS]
    shown = tuple(_balanced(tools))
    return Section("tools", _("Méthodes et outils"), shown, tuple(_gaps(shown, subject))), tuple(trainings)


def _read(ranked: Sequence[Ranked]) -> dict[int, Resource]:
    wanted = [each.candidate.pk for each in ranked[:40]]
    rows = Resource.objects.filter(pk__in=wanted).select_related("source").order_by("pk")
    return {row.pk: row for row in rows}


def _balanced(lines: Sequence[Line]) -> list[Line]:
    """The best, but no stage takes all the room."""
    taken: dict[str, int] = {}
    kept = []
    for line in lines:
        stage = line.stages[0] if line.stages else ""
        if taken.get(stage, 0) < _PER_STAGE:
            taken[stage] = taken.get(stage, 0) + 1
            kept.append(line)
        if len(kept) == SHOWN:
            break
    return kept


def _line(ranked: Ranked, row: Resource) -> Line:
    reasons = [
        words
        for words in ranked.reasons
        if ranked.nearness.circle not in ("everywhere", "elsewhere") or words not in ranked.nearness.words
    ]
    if row.goals and ALLIANCES in row.goals and not ranked.on_subject:
        reasons.append(_("sert à toute alliance, quel que soit le défi"))
    if row.stage:
        labels = [str(UseStage(stage).label) for stage in row.stage if stage in UseStage.values]
        reasons.append(_("pour %s") % ", ".join(labels))
    return Line(
        ref=ranked.candidate.ref,
        title=row.title,
        url=row.get_absolute_url(),
        source=sources.of_item(row),
        reasons=tuple(reasons) or (_("proche de vos mots"),),
        kicker=" · ".join(part for part in (str(row.get_kind_display()), row.producer_name) if part),
        summary=shorten(row.summary, SUMMARY),
        year=row.year,
        goals=tuple(row.goals),
        themes=tuple(row.themes),
        stages=tuple(row.stage),
        is_demo=row.is_demo,
    )


def _gaps(lines: Sequence[Line], subject: Subject) -> Iterable[str]:
    if not lines:
        yield _("Pas encore d’outil ni de méthode connus pour ce défi avec ces choix.")
        return
    themes, goals = set(subject.theme_slugs), set(subject.goal_numbers) - {ALLIANCES}
    if subject.is_read and not any(themes & set(line.themes) or goals & set(line.goals) for line in lines):
        yield _("Rien encore de propre à ce défi : ces méthodes servent à toute alliance.")
