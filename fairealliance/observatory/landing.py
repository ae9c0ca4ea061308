"""What the first page of the observatory tells: of whom we know what."""

from dataclasses import dataclass

from django.db.models import Count

from fairealliance.observatory.enums import ActorKind, State
from fairealliance.observatory.models import Result, Study


@dataclass(frozen=True, slots=True)
class Known:
    """One kind of actor: how many studies and figures, and the latest study."""

    actor: ActorKind
    studies: int
    figures: int
    latest: Study | None


def known_by_actor() -> list[Known]:
    """Two queries. Every kind is there, those of whom nothing is known too."""
    studies = list(Study.objects.published().told().defer("method", "note"))
    asked: dict[str, list[Study]] = {}
    published = Result.objects.filter(question__study__state=State.PUBLISHED)
    counts = published.order_by().values("actor", "question__study").annotate(figures=Count("pk"))
    figures: dict[str, int] = {}
    pairs = set()
    for row in counts:
        figures[row["actor"]] = figures.get(row["actor"], 0) + row["figures"]
        pairs.add((row["actor"], row["question__study"]))
    for study in studies:
        for actor in ActorKind.values:
            if study.actor == actor or (actor, study.pk) in pairs:
                asked.setdefault(actor, []).append(study)
    return [_known(actor, asked.get(actor.value, []), figures.get(actor.value, 0)) for actor in ActorKind]


def _known(actor: ActorKind, studies: list[Study], figures: int) -> Known:
    return Known(actor, len(studies), figures, studies[0] if studies else None)
