"""What two versions of a survey do not say alike, for the second of two editors."""

from django.utils.translation import gettext as _

from fairealliance.observatory.enums import ActorKind
from fairealliance.observatory.models import Study
from fairealliance.observatory.wave import ResultData, StudyData

_SHOWN: tuple[str, ...] = (
    "title",
    "actor",
    "started",
    "ended",
    "dates_told",
    "sample_size",
    "producer",
    "institute",
    "commissioner",
)
_SHOWN += ("programme", "population", "method", "report_url", "licence", "note", "url", "passage")
_MOST = 12


def differences(theirs: StudyData, mine: StudyData) -> list[str]:
    """In sentences, at most a dozen."""
    found = [_line(name, theirs, mine) for name in _SHOWN if getattr(theirs, name) != getattr(mine, name)]
    before, now = _figures(theirs), _figures(mine)
    for key in [*before, *(key for key in now if key not in before)]:
        if before.get(key) != now.get(key):
            words = {"label": key, "theirs": before.get(key, _("absent")), "mine": now.get(key, _("absent"))}
            found.append(_("%(label)s : enregistré « %(theirs)s », chez vous « %(mine)s »") % words)
    return found[:_MOST]


_MODEL = {"url": "source_url", "passage": "source_passage"}


def _line(name: str, theirs: StudyData, mine: StudyData) -> str:
    label = str(Study._meta.get_field(_MODEL.get(name, name)).verbose_name)  # type: ignore[union-attr]
    words = {"label": label, "theirs": getattr(theirs, name) or "", "mine": getattr(mine, name) or ""}
    return _("%(label)s : enregistré « %(theirs)s », chez vous « %(mine)s »") % words


def _figures(study: StudyData) -> dict[str, str]:
    """Each figure under all that tells it from the others."""
    return {
        ", ".join(
            part
            for part in (question.label, result.answer, _who(result), result.territory, result.source, result.passage)
            if part
        ): "" if result.share is None else f"{result.share.normalize():f}"
        for question in study.questions
        for result in question.results
    }


def _who(result: ResultData) -> str:
    actor = str(ActorKind(result.actor).label) if result.actor in ActorKind.values else result.actor
    return f"{actor} ({result.subgroup})" if result.subgroup else actor
