"""What was counted, told by month, rubric, page and territory."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fairealliance.audience.actions import SEEN_ENOUGH
from fairealliance.audience.models import MissedSearch, PageCount, TerritoryCount
from fairealliance.audience.naming import names_of, titles_of
from fairealliance.audience.rubrics import label_of, rubrics

MONTHS = 12
PUBLIC_LEAST = 10
"""A page or a territory opened fewer times than this in all stays out of what is public."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month, in words; the present one is not over."""

    first: date
    label: str
    is_present: bool


@dataclass(frozen=True, slots=True)
class RubricRow:
    """A rubric's figures, one for each month, None before we began to count."""

    slug: str
    label: str
    counts: tuple[int | None, ...]

    @property
    def total(self) -> int:
        return sum(count or 0 for count in self.counts)


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month: a figure for each rubric, and their sum."""

    month: Month
    counts: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Pages read by rubric and month. Empty until something was counted."""

    since: date | None
    months: tuple[Month, ...]
    rows: tuple[RubricRow, ...]

    @property
    def totals(self) -> tuple[int | None, ...]:
        """One sum a month; None before we began to count."""
        if not self.rows:
            return (None,) * len(self.months)
        return tuple(_sum(column) for column in zip(*(row.counts for row in self.rows), strict=True))

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)

    @property
    def lines(self) -> list[MonthLine]:
        """Month by month, the latest first; those before we counted are left out."""
        columns = zip(*(row.counts for row in self.rows), strict=True)
        told = zip(self.months, columns, self.totals, strict=True)
        return [MonthLine(month, counts, total) for month, counts, total in told if total is not None][::-1]


@dataclass(frozen=True, slots=True)
class Line:
    """A page, a territory or words, and how many times. `address`: of a page that is shown by its title."""

    label: str
    url: str
    count: int
    rubric: str = ""
    address: str = ""


def figures(*, today: date | None = None, months: int = MONTHS) -> Figures:
    """The last `months` months, rubrics in their own order, those never read left out. Two queries."""
    listed = months_until(today or timezone.localdate(), months)
    since = PageCount.objects.order_by("month").values_list("month", flat=True).first()
    rows = PageCount.objects.filter(month__gte=listed[0].first).order_by().values_list("rubric", "month")
    counted: dict[str, dict[date, int]] = defaultdict(dict)
    for rubric, month, count in rows.annotate(total=Sum("count")):
        counted[rubric][month] = count
    known = [rubric.slug for rubric in rubrics()]
    slugs = [slug for slug in known if slug in counted] + sorted(set(counted) - set(known))
    return Figures(
        since=since,
        months=listed,
        rows=tuple(RubricRow(slug, label_of(slug), _series(counted[slug], listed, since)) for slug in slugs),
    )


def _series(counted: dict[date, int], months: Sequence[Month], since: date | None) -> tuple[int | None, ...]:
    """Nobody came is zero; we did not count yet is None."""
    return tuple(counted.get(month.first, 0) if since and month.first >= since else None for month in months)


def _sum(column: Sequence[int | None]) -> int | None:
    """None when nothing of it is known."""
    return None if all(count is None for count in column) else sum(filter(None, column))


def months_until(today: date, months: int) -> tuple[Month, ...]:
    """The last `months` months, the present one last."""
    number = today.year * 12 + today.month - 1
    firsts = [date(each // 12, each % 12 + 1, 1) for each in range(number - months + 1, number + 1)]
    return tuple(Month(first, capfirst(date_format(first, "F Y")), first == firsts[-1]) for first in firsts)


def top_pages(*, since: date, limit: int, least: int = 1) -> list[Line]:
    """The pages most read since the month `since`, by their title where it is known.

    One query, and those of the titles (pages/titles.py): one for each kind of page met, however many pages.
    """
    rows = PageCount.objects.filter(month__gte=since).order_by().values_list("page", "rubric")
    summed = rows.annotate(total=Sum("count")).filter(total__gte=least).order_by("-total", "page")
    shown = list(summed[:limit])
    titles = titles_of(page for page, _rubric, _count in shown)
    return [
        Line(
            titles.get(page, page), "" if "…" in page else page, count, label_of(rubric), page if page in titles else ""
        )
        for page, rubric, count in shown
    ]


def top_territories(*, since: date, limit: int, least: int = 1) -> list[Line]:
    """The territories whose pages were most read. Two queries; a reference nobody knows is left out."""
    rows = TerritoryCount.objects.filter(month__gte=since).order_by().values_list("territory")
    summed = list(rows.annotate(total=Sum("count")).filter(total__gte=least).order_by("-total", "territory")[:limit])
    names = names_of(ref for ref, _count in summed)
    return [Line(names[ref].name, names[ref].url, count) for ref, count in summed if ref in names]


def missed_searches(*, since: date, limit: int) -> list[Line]:
    """Words that found nothing, seen often enough to tell of a lack and not of a person. One query."""
    rows = MissedSearch.objects.filter(month__gte=since).order_by().values_list("words")
    summed = rows.annotate(total=Sum("count")).filter(total__gte=SEEN_ENOUGH).order_by("-total", "words")
    return [Line(words, "", count) for words, count in summed[:limit]]


def sentence(shown: Figures) -> str:
    """What the chart shows, for those who do not see it."""
    counted = [(count, month) for count, month in zip(shown.totals, shown.months, strict=True) if count is not None]
    if not counted:
        return _("Rien n’a encore été compté.")
    best, month = max(counted, key=lambda each: each[0])
    return _("Pages lues chaque mois : %(total)s en tout, le plus en %(month)s (%(best)s).") % {
        "total": shown.total,
        "month": month.label.lower(),
        "best": best,
    }
