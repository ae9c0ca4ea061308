"""Articles and events as documents of the search index, and what tells the index that they changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from fairealliance.goals.vocabulary import GOALS
from fairealliance.lib.dates_fr import in_words
from fairealliance.pages.models import ArticlePage, EventPage, PageTerritory, RubricPage, Written
from fairealliance.pages.rubrics import scope
from fairealliance.search.documents import Doc
from fairealliance.search.sources.places import Places, Whereabouts

KIND = "article"
WORDS = _("Articles et rendez-vous")
_MODELS: tuple[type[Written], ...] = (ArticlePage, EventPage)


def keys() -> Iterable[str]:
    """Of what anybody may read, now."""
    shown = Page.objects.live().public().type(_MODELS).order_by("pk")
    return map(str, shown.values_list("pk", flat=True).iterator())


def build(wanted: Sequence[str]) -> Iterable[Doc]:
    """A fixed number of queries whatever the number of pages."""
    numbers = [int(key) for key in wanted if key.isdecimal()]
    shown = set(Page.objects.live().public().filter(pk__in=numbers).values_list("pk", flat=True))
    pages = [page for model in _MODELS for page in model.objects.filter(pk__in=shown).order_by("pk")]
    rubrics = {page.path: page.rubric for page in RubricPage.objects.only("path", "rubric")}
    territories: defaultdict[int, list[int]] = defaultdict(list)
    links = PageTerritory.objects.filter(page__in=shown).order_by("sort_order", "pk")
    for page_id, territory_id in links.values_list("page_id", "territory_id"):
        territories[page_id].append(territory_id)
    places = Places.of(pk for ids in territories.values() for pk in ids)
    for page in pages:
        yield _doc(page, rubrics.get(page.path[: -Page.steplen], ""), places.whereabouts(territories[page.pk]))


def _doc(page: Written, rubric: str, where: Whereabouts) -> Doc:
    goals = tuple(number for number in page.goals if number in GOALS)
    return Doc(
        ref=f"{KIND}:{page.pk}",
        kind=KIND,
        title=page.title,
        url=page.url or "",
        body=text_of(page),
        keywords=" ".join([page.label, *(GOALS[number].short for number in goals)]),
        summary=page.teaser,
        label=page.label,
        goals=goals,
        places=where.names,
        scopes=where.scopes,
        apart=scope(rubric) if rubric else "",
        regions=where.regions,
        departements=where.departements,
        territory=where.territory,
        territory_ref=where.territory_ref,
        year=page.day.year,
        day=in_words(page.day),
        latitude=where.latitude,
        longitude=where.longitude,
        precision=where.precision,
        source=getattr(page, "source_label", "") or getattr(page, "organiser", ""),
        added=int(_moment(page).timestamp()),
    )


def _moment(page: Written) -> datetime:
    """When it came: its publication; the day it shows, when that is another."""
    published = page.first_published_at or timezone.now()
    shown = getattr(page, "date", None)
    if shown is None or shown == timezone.localdate(published):
        return published
    return timezone.make_aware(datetime.combine(shown, time(12)))


def text_of(page: Written) -> str:
    """The words of its body; blocks drawn from the base are not its own."""
    told = [page.lead, *(part for block in page.body for part in block.block.get_searchable_content(block.value))]
    return "\n".join(strip_tags(part) for part in told if part)
