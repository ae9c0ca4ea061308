"""A chart as the answer to a request: any page of any site may show it."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from fairealliance.design.plots.look import NARROW, WIDE, Theme
from fairealliance.design.plots.render import Plot, png, svg

_WIDTHS = {"large": WIDE, "etroit": NARROW}
_KEPT = 300  # seconds a browser may keep a file without asking again


def answer(request: HttpRequest, plot: Plot, name: str, extension: str = "svg") -> HttpResponse:
    """SVG or PNG. `?theme=clair|sombre`, `?format=large|etroit`, as the component `plot` asks; else a 400."""
    try:
        theme = Theme(request.GET.get("theme", Theme.LIGHT))
        width = _WIDTHS[request.GET.get("format", "large")]
    except (ValueError, KeyError):
        words = _("theme vaut « clair » ou « sombre », format vaut « large » ou « etroit ».")
        return HttpResponse(words, "text/plain; charset=utf-8", status=400)
    if extension == "svg":
        return shared(HttpResponse(svg(plot, theme, width), "image/svg+xml; charset=utf-8"))
    response = HttpResponse(png(plot, theme, width), "image/png")
    response["Content-Disposition"] = f'inline; filename="{name}.png"'
    return shared(response)


def shared(response: HttpResponse) -> HttpResponse:
    """Usable from another site, kept a few minutes."""
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=_KEPT)
    return response
