"""The public figures of audience."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.audience.charts import by_month
from fairealliance.audience.reads import PUBLIC_LEAST, figures, sentence, top_pages, top_territories
from fairealliance.design.plots import NARROW, WIDE, Theme, svg

_SHOWN = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is read on this site, by rubric and month, and how it is counted. Five queries."""
    shown = figures()
    since = shown.months[0].first
    context = {
        "figures": shown,
        "sentence": sentence(shown),
        "pages": top_pages(since=since, limit=_SHOWN, least=PUBLIC_LEAST),
        "territories": top_territories(since=since, limit=_SHOWN, least=PUBLIC_LEAST),
        "least": PUBLIC_LEAST,
        "trail": [(_("Accueil"), "/"), (_("Audience"), "")],
        "chart": reverse("audience:chart"),
        "plot": by_month(shown),
    }
    return render(request, "audience/index.html", context)


@require_safe
def chart(request: HttpRequest) -> HttpResponse:
    """The chart of the page; `theme` and `format` are those of the component `plot`."""
    theme = Theme.DARK if request.GET.get("theme") == Theme.DARK.value else Theme.LIGHT
    width = NARROW if request.GET.get("format") == "etroit" else WIDE
    response = HttpResponse(svg(by_month(figures()), theme, width), "image/svg+xml; charset=utf-8")
    response["Cache-Control"] = "max-age=300"
    return response
