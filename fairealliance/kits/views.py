"""The kit as a page and as a document."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.kits import pdf
from fairealliance.kits.compose import compose
from fairealliance.kits.kit import Kit
from fairealliance.lib.slugs import slug
from fairealliance.resources.words import AUDIENCE_WORDS
from fairealliance.sheets.asking import LONGEST_TERRITORY, RefusedError, find_territory
from fairealliance.sheets.place import COUNTRY
from fairealliance.territories.autocomplete import Suggestion
from fairealliance.territories.models import Territory


@dataclass
class Asked:
    """What someone wants a kit for; what cannot be read is told, nothing is raised."""

    territory: Territory | None = None
    text: str = ""
    public: str = ""
    candidates: list[Suggestion] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    status: int = 200


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The four sheets; the form alone when the question is not clear."""
    asked = _read(request.GET)
    if asked.territory is None or asked.errors:
        return render(request, "kits/kit.html", {**_form(asked), "kit": None}, status=asked.status)
    kit = compose(asked.territory, asked.public)
    response = render(request, "kits/kit.html", {**_form(asked), "kit": kit, "pdf": _address("kits:pdf", kit)})
    if request.GET:
        response["X-Robots-Tag"] = "noindex"  # as many kits as territories: engines keep the first
    return response


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """The same as a PDF; the form again when the question is not clear."""
    asked = _read(request.GET)
    if asked.territory is None or asked.errors:
        return render(request, "kits/kit.html", {**_form(asked), "kit": None}, status=asked.status)
    kit = compose(asked.territory, asked.public)
    name = "-".join(filter(None, ("kit-odd-17", slug(kit.territory.name)[:60], kit.public)))
    content = pdf.render(kit, request.build_absolute_uri(_address("kits:page", kit)), request.build_absolute_uri("/"))
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, "application/pdf", headers=headers)


def _read(query: QueryDict) -> Asked:
    asked = Asked(text=query.get("territoire", "").strip()[:LONGEST_TERRITORY], public=query.get("public", "").strip())
    if asked.public and asked.public not in AUDIENCE_WORDS:
        message = _("Public inconnu : « %(value)s ». Choisissez dans la liste.")
        asked.errors["public"] = message % {"value": asked.public[:40]}
        asked.public, asked.status = "", 400
    try:
        asked.territory, asked.candidates = find_territory(asked.text or COUNTRY)
    except RefusedError as error:
        asked.errors["territoire"] = str(error)
        asked.status = max(asked.status, error.status)
    return asked


def _address(name: str, kit: Kit) -> str:
    pairs = [("territoire", kit.territory.ref)] if not kit.is_country else []
    pairs += [("public", kit.public)] if kit.public else []
    return f"{reverse(name)}?{urlencode(pairs)}".rstrip("?")


def _form(asked: Asked) -> dict[str, object]:
    shown = asked.territory
    return {
        "asked": asked,
        "text": shown.name if shown and shown.ref != COUNTRY else asked.text if not shown else "",
        "ref": shown.ref if shown and shown.ref != COUNTRY else "",
        "publics": [(code, capfirst(str(words)), code == asked.public) for code, words in AUDIENCE_WORDS.items()],
        "suggestions": reverse("territories:suggestions"),
        "links": [
            (each, f"{reverse('kits:page')}?{urlencode({'territoire': each.ref, 'public': asked.public})}")
            for each in asked.candidates
        ],
        "trail": [(_("Accueil"), "/"), (_("Kit « L’ODD 17 en pratique »"), "")],
    }
