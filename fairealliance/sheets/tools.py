"""Méthodes et outils: resources of every nature, by stage. Trainings go with the skills."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from fairealliance.lib.text_fr import shorten
from fairealliance.lib.titles import calm_title
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
    tools = _balanced([each for each in ranked if each.candidate.medoc != Medoc.SKILL])
    trainings = [each for each in ranked if each.candidate.medoc == Medoc.SKILL][:TRAININGS]
    rows = Resource.objects.filter(pk__in=[each.candidate.pk for each in (*tools, *trainings)])
    known = {row.pk: row for row in rows.select_related("source").order_by("pk")}
    shown = tuple(_line(each, known[each.candidate.pk]) for each in tools if each.candidate.pk in known)
    learning = tuple(_line(each, known[each.candidate.pk]) for each in trainings if each.candidate.pk in known)
    return Section("tools", _("Méthodes et outils"), shown, tuple(_gaps(shown, subject))), learning


def _balanced(ranked: Sequence[Ranked]) -> list[Ranked]:
    """The best, but no stage takes all the room."""
    taken: dict[str, int] = {}
    kept = []
    for each in ranked:
        stage = each.candidate.stages[0] if each.candidate.stages else ""
        if taken.get(stage, 0) < _PER_STAGE:
            taken[stage] = taken.get(stage, 0) + 1
            kept.append(each)
        if len(kept) == SHOWN:
            break
    return kept


def _line(ranked: Ranked, row: Resource) -> Line:
    # Where a tool comes from is no reason to use it, unless it is made for here.
    nowhere = ranked.nearness.circle in ("everywhere", "elsewhere")
    reasons = [*(() if nowhere else ranked.where), *ranked.why]
    if row.goals and ALLIANCES in row.goals and not ranked.on_subject:
        reasons.append(_("sert à toute alliance, quel que soit le défi"))
    if row.stage:
        labels = [str(UseStage(stage).label) for stage in row.stage if stage in UseStage.values]
        reasons.append(_("pour %s") % ", ".join(labels))
    return Line(
        ref=ranked.candidate.ref,
        title=calm_title(row.title),
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
