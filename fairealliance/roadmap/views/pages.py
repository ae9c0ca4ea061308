"""The pages of a programme: the whole, each measure, the same by facilitator, by territory, through time."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.provenance.pages import trail_to
from fairealliance.roadmap import groups, history, words
from fairealliance.roadmap.actions.refusals import Refused
from fairealliance.roadmap.cards import cards_of
from fairealliance.roadmap.compare import compare as compared
from fairealliance.roadmap.models import Programme
from fairealliance.roadmap.state import read, read_measure
from fairealliance.roadmap.views.asking import KNOWN, NOW, Asked, asked_day, context_of, found, page, refuse, trail

GROUPS = 20


@page
def index(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The whole on one page: dimensions by measures, with state, delay and last news."""
    state = asked.read()
    families = [(dimension, words.delay(dimension.delay_min, dimension.delay_max), cards_of(measures))
                for dimension, measures in state.families]  # fmt: skip
    context = context_of(
        asked,
        "index",
        state=state,
        title=words.french(state.programme.title),
        families=families,
        counts=words.counts(state),
        trail=trail(asked.programme),
        others=Programme.objects.exclude(pk=asked.programme.pk).exists(),
        named_levers=[each for each in state.levers if each.part.title],
        progress_address=asked.programme.address("progress") + asked.query,
        csv_address=asked.programme.address("export-csv") + asked.query,
        xlsx_address=asked.programme.address("export-xlsx") + asked.query,
        statements=[(each, words.statement_counts(each.counts)) for each in state.statements],
    )
    return render(request, "roadmap/index.html", context)


@page
def measure(request: HttpRequest, asked: Asked, number: int) -> HttpResponse:
    """One measure: what it promised, who carries it, its reports, its history."""
    state = read_measure(asked.programme, number, asked.on, asked.known_on)
    state = found(state, _("Ce programme n’a pas de mesure %d à cette date.") % number)
    numbers = list(asked.programme.measures.order_by("number").values_list("number", flat=True))
    place = numbers.index(number)
    context = context_of(
        asked,
        "measure",
        state=state,
        title=words.french(state.title),
        standing=words.standing(state),
        recorded=words.recorded(state.report.issued_on, state.report.recorded_at) if state.report else "",
        delay=words.delay(*state.delay),
        effects=words.first_effects(state),
        indicators=[(each.indicator, words.indicator(each)) for each in state.indicators],
        events=history.of_measure(state, asked.known_on or asked.on),
        missing=groups.missing_from(state),
        links=groups.links_of(state.measure),
        before=_address(asked, numbers[place - 1]) if place else "",
        after=_address(asked, numbers[place + 1]) if place + 1 < len(numbers) else "",
        trail=trail(asked.programme, (_("Mesure %d") % number, "")),
    )
    return render(request, "roadmap/measure.html", context)


def _address(asked: Asked, number: int) -> str:
    return asked.programme.address("measure", number=number) + asked.query


@page
def timeline(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Everything that happened, the latest first, and what is expected."""
    state = asked.read()
    context = context_of(
        asked,
        "timeline",
        years=history.by_year(history.of_programme(state)),
        trail=trail(asked.programme, (_("Chronologie"), "")),
    )
    return render(request, "roadmap/timeline.html", context)


@page
def by_facilitator(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Who carries what, by pages."""
    found = groups.by_facilitator(asked.read())
    return _grouped(request, asked, "by-facilitator", _("Par facilitateur"), found)


@page
def by_territory(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Where it is done, by pages."""
    found = groups.by_territory(asked.read())
    return _grouped(request, asked, "by-territory", _("Par territoire"), found)


def _grouped(request: HttpRequest, asked: Asked, name: str, title: str, found: list[groups.Group]) -> HttpResponse:
    listed = Paginator([each for each in found if each.name], GROUPS).get_page(request.GET.get("page"))
    context: dict[str, Any] = context_of(
        asked,
        name,
        title=title,
        page=listed,
        nobody=next((each for each in found if not each.name), None),
        page_query=asked.parameters,
        trail=trail(asked.programme, (title, "")),
    )
    return render(request, "roadmap/grouped.html", context)


@page
def compare(request: HttpRequest, asked: Asked) -> HttpResponse:
    """What changed between two days: `?du=…&au=…`, each as it was known then, or both as they are known now."""
    programme = asked.programme
    known_on = timezone.localdate() if request.GET.get(KNOWN) == NOW else None
    try:
        start = asked_day(request.GET.get("du", ""), programme) or programme.started_on
        end = asked_day(request.GET.get("au", ""), programme) or asked.on
    except Refused as refused:
        return refuse(request, programme, str(refused))
    if end < start:
        start, end = end, start
    context = context_of(
        asked,
        "compare",
        start=start,
        end=end,
        start_words=words.day(start),
        end_words=words.day(end),
        known_on=known_on,
        query=urlencode({"date": end.isoformat(), **({KNOWN: NOW} if known_on else {})}),
        compared=compared(*(read(programme, day, known_on) for day in (start, end))),
        trail=trail(programme, (_("Comparer deux dates"), "")),
    )
    return render(request, "roadmap/compare.html", context)


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """All the programmes, by pages."""
    rows = Programme.objects.all()
    context = {
        "page": Paginator(rows, GROUPS).get_page(request.GET.get("page")),
        "trail": trail_to((_("Feuille de route"), reverse("roadmap:index")), (_("Programmes"), "")),
    }
    return render(request, "roadmap/programmes.html", context)
