"""Do alliances last: a page of the observatory, and its files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.design.panels import Panel
from fairealliance.design.plots.answer import answer, shared
from fairealliance.introductions import durability, lasting
from fairealliance.introductions.durability import LEAST, Told
from fairealliance.lib.tabular.tables import table_file
from fairealliance.observatory.citation import cite
from fairealliance.provenance.pages import trail_to

_NAME = "duree-des-alliances"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    told = durability.told()
    context = _shown(told) | {
        "tables": [(lasting.AGES[months], rows) for months, rows in told.rows.items()],
        "files": [(kind, reverse("lasting:file", args=[kind])) for kind in ("svg", "png", "csv", "xlsx", "json")],
        "least": LEAST,
        "source": lasting.SOURCE,
        "citation": _citation(request, told),
        "trail": trail_to((_("Observatoire"), reverse("observatory:index")), (lasting.title(), "")),
    }
    return render(request, "introductions/lasting.html", context)


@require_safe
def file(request: HttpRequest, extension: str) -> HttpResponse:
    """Without an answer, the header alone: nothing is made up."""
    told = durability.told()
    if extension in ("svg", "png"):
        return answer(request, lasting.plot_of(told), _NAME, extension)
    about = {
        "title": lasting.title(),
        "sentence": lasting.sentence_of(told),
        "source": str(lasting.SOURCE),
        "updated_at": timezone.localtime(told.latest).isoformat(timespec="seconds") if told.latest else None,
        "fewest": LEAST,
        "citation": _citation(request, told),
    }
    return shared(table_file(_NAME, extension, lasting.HEADER, lasting.table_of(told), about))


def on_observatory(request: HttpRequest, _subject: None) -> Panel:
    """On its first page. Two queries."""
    return Panel("introductions/parts/lasting_panel.html", _shown(durability.told()))


def _shown(told: Told) -> dict[str, Any]:
    return {
        "latest": told.latest,
        "sentence": lasting.sentence_of(told),
        "plot": lasting.plot_of(told),
        "chart": reverse("lasting:file", args=["svg"]),
    }


def _citation(request: HttpRequest, told: Told) -> str:
    address = request.build_absolute_uri(reverse("lasting:index"))
    return cite(lasting.title(), str(lasting.SOURCE), address, told.latest or timezone.now())
