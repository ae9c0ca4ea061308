"""Two states of a programme, side by side."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fairealliance.roadmap import words
from fairealliance.roadmap.state import MeasureState, ProgrammeState


@dataclass(frozen=True, slots=True)
class Change:
    """A measure that is no longer what it was."""

    number: int
    title: str
    href: str
    before: str
    after: str
    before_result: str
    after_result: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs, and how many measures do not."""

    changes: tuple[Change, ...]
    same: int
    counts: tuple[tuple[str, str, int, int], ...]
    """Result, its words, how many before, how many after."""


def compare(before: ProgrammeState, after: ProgrammeState) -> Compared:
    """From the earlier to the later state of one programme."""
    earlier = {each.measure.pk: each for each in before.measures}
    changes = [_change(earlier.get(each.measure.pk), each) for each in after.measures]
    found = tuple(each for each in changes if each.what)
    counts = tuple(
        (str(result.value), str(result.label), before.counts[result], after.counts[result])
        for result in after.counts
        if before.counts[result] or after.counts[result]
    )
    return Compared(found, len(changes) - len(found), counts)


def _change(before: MeasureState | None, after: MeasureState) -> Change:
    return Change(
        number=after.number,
        title=after.title,
        href=after.get_absolute_url(),
        before=words.standing(before) if before else _("n’existait pas encore"),
        after=words.standing(after),
        before_result=str(before.result.value) if before else "not_reported",
        after_result=str(after.result.value),
        what=tuple(_differences(before, after)),
    )


def _differences(before: MeasureState | None, after: MeasureState) -> list[str]:
    if before is None:
        return [_("la mesure est apparue")]
    found = []
    known = {(each.dated_on, each.version) for each in before.reports}
    for report in after.reports:
        if (report.dated_on, report.version) not in known:
            told = _("correction du bilan au %s") if report.is_correction else _("bilan au %s")
            found.append(told % words.day(report.dated_on))
    if before.edition.number != after.edition.number:
        found.append(_("nouvelle rédaction : %s") % after.edition.reason)
    names = {each.name for each in before.facilitators}, {each.name for each in after.facilitators}
    found += [_("nouveau facilitateur : %s") % name for name in sorted(names[1] - names[0])]
    found += [_("n’est plus facilitateur : %s") % name for name in sorted(names[0] - names[1])]
    return found
