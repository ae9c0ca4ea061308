"""The resources of the kit: for the audience first, by stage or by kind. As many queries whatever the base holds."""

from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlencode, urlsplit

from django.db.models import Case, Count, F, Q, TextField, Value, When, Window
from django.db.models.functions import Cast, Length, Replace, RowNumber
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fairealliance.kits.kit import Table
from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.text_fr import shorten
from fairealliance.lib.titles import calm_title
from fairealliance.resources.enums import LinkState, ResourceKind, UseStage
from fairealliance.resources.models import Resource
from fairealliance.resources.querysets import ResourceQuerySet
from fairealliance.sheets import sources
from fairealliance.sheets.sheet import Line

METHODS = (ResourceKind.METHOD, ResourceKind.KIT, ResourceKind.TRAINING, ResourceKind.REPLAY)
_SUMMARY, _PRODUCER, _HOST = 170, 45, 32
_WITHIN = (
    "for_nobody",
    "is_demo",
    F("year").desc(nulls_last=True),
    F("summary").desc(),
    "title",
    "pk",
)


class Shelf:
    """What the base holds for `public` (everyone when empty). Who a resource is for may be untold: it comes last."""

    def __init__(self, public: str) -> None:
        self._public = public
        self._shown: set[int] = set()

    def for_stage(self, stage: str, limit: int) -> tuple[Line, ...]:
        """Methods that serve at this stage, those made for few stages first; none is told twice. One query."""
        kinds = Case(*(When(kind=kind, then=Value(place)) for place, kind in enumerate(METHODS)))
        commas = Length("stage_text") - Length(Replace("stage_text", Value(","), Value("")))
        serving = Q(kind__in=METHODS) & Q(stage_text__contains=f'"{stage}"')
        found = self._rows().filter(serving).exclude(pk__in=self._shown)
        rows = list(found.annotate(method=kinds, stages=commas).order_by("method", "stages", *_WITHIN)[:limit])
        self._shown.update(row.pk for row in rows)
        return tuple(map(_line, rows))

    def by_kind(self, limit: int) -> dict[str, tuple[tuple[Line, ...], int]]:
        """Of each kind there is, its first lines, and how many there are in all. One query."""
        place = Window(RowNumber(), partition_by="kind", order_by=_WITHIN)
        total = Window(Count("pk"), partition_by="kind")
        found: dict[str, tuple[tuple[Line, ...], int]] = {}
        for row in self._rows().annotate(place=place, total=total).filter(place__lte=limit).order_by("kind", "place"):
            lines, _total = found.get(row.kind, ((), 0))
            found[row.kind] = ((*lines, _line(row)), row.total)
        return found

    def rest(self, kind: str, shown: int, total: int) -> tuple[str, str] | None:
        """Where the others are. That page leaves out those of which the audience is untold: it counts for itself."""
        if total <= shown:
            return None
        pairs = [("nature", kind), *([("pour", self._public)] if self._public else [])]
        words = _("Voir les autres") if self._public else _("Voir les %s") % format_number(total)
        return words, f"{reverse('resources:index')}?{urlencode(pairs)}"

    def _rows(self) -> ResourceQuerySet:
        rows: ResourceQuerySet = Resource.objects.with_origin().annotate(
            audience_text=Cast("audience", TextField()),
            stage_text=Cast("stage", TextField()),
            for_nobody=Case(When(audience=[], then=Value(1)), default=Value(0)),
        )
        if self._public:
            rows = rows.filter(Q(for_nobody=1) | Q(audience_text__contains=f'"{self._public}"'))
        return rows


def table(public: str) -> Table:
    """How many of each kind serve at each stage: a resource may serve at several, or not say at which."""
    counts: Counter[tuple[str, str]] = Counter()
    for kind, stages, audience, many in _combinations():
        if public and audience and public not in audience:
            continue
        for stage in stages or [""]:
            counts[kind, stage] += many
    stages = [stage.value for stage in UseStage]
    columns = (*(capfirst(str(stage.label)) for stage in UseStage), _("Étape non dite"))
    kinds = [kind for kind in ResourceKind if any(counts[kind.value, stage] for stage in (*stages, ""))]
    rows = tuple(
        (capfirst(str(kind.label)), tuple(counts[kind.value, stage] for stage in (*stages, ""))) for kind in kinds
    )
    return Table(columns, rows)


def _combinations() -> Iterable[tuple[str, Sequence[str], Sequence[str], int]]:
    rows = Resource.objects.order_by().values_list("kind", "stage", "audience")
    return list(rows.annotate(many=Count("pk")))


def _line(row: Resource) -> Line:
    link = getattr(row, "link_record", None)
    dead = link is not None and link.url == row.link and link.state == LinkState.DEAD
    return Line(
        ref=f"resource:{row.pk}",
        title=calm_title(row.title),
        url=row.get_absolute_url(),
        source=sources.of_item(row),
        reasons=(_("ce lien ne répond plus"),) if dead else (),
        kicker=" · ".join(filter(None, (capfirst(str(row.get_kind_display())), shorten(row.producer_name, _PRODUCER)))),
        summary=shorten(row.summary, _SUMMARY),
        place=_host(row.link),
        year=row.year,
        goals=(),
        stages=tuple(row.stage),
        is_demo=row.is_demo,
    )


def _host(link: str) -> str:
    """The site's name, short enough to be typed again from paper."""
    try:
        host = urlsplit(link).hostname or "" if link.startswith(("http://", "https://")) else ""
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    return host if len(host) <= _HOST else ""
