"""The home page, the action sheet, its PDF, and sheets that were shared."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fairealliance.lib.dates_fr import in_words
from fairealliance.lib.slugs import slug
from fairealliance.sheets import actions, holdings, page, pdf
from fairealliance.sheets.asking import LONGEST_CHALLENGE, Ask, clean, read_ask
from fairealliance.sheets.compose import compose
from fairealliance.sheets.examples import EXAMPLES
from fairealliance.sheets.filters import address
from fairealliance.sheets.limits import may_share
from fairealliance.sheets.models import SharedSheet
from fairealliance.sheets.permissions import Visitor
from fairealliance.sheets.serialise import from_json
from fairealliance.sheets.sheet import Sheet
from fairealliance.sheets.since import Since, since
from fairealliance.sheets.words import moment
from fairealliance.territories.models import Territory


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and one form. `?defi=` fills it."""
    context = {
        "challenge": clean(request.GET.get("defi", ""))[:LONGEST_CHALLENGE],
        "territory_text": clean(request.GET.get("territoire", ""))[:200],
        "examples": EXAMPLES,
        "holdings": holdings.counted(),
    }
    return render(request, "sheets/home.html", context)


@require_safe
def act(request: HttpRequest) -> HttpResponse:
    """The sheet; or what is missing to make one, with all that was typed."""
    ask = read_ask(request.GET)
    if not ask.is_ready:
        return _question(request, ask)
    assert ask.territory is not None
    sheet = compose(ask.territory, ask.challenge, ask.filters)
    return _unlisted(render(request, "sheets/sheet.html", page.of(sheet)))


@require_safe
def act_pdf(request: HttpRequest) -> HttpResponse:
    """The sheet as a document; the question again when it is not whole."""
    ask = read_ask(request.GET)
    if not ask.is_ready:
        return _question(request, ask)
    assert ask.territory is not None
    sheet = compose(ask.territory, ask.challenge, ask.filters)
    live = address(reverse("sheets:act"), sheet.territory.ref, sheet.challenge, sheet.filters)
    return _document(sheet, request.build_absolute_uri(live))


@require_POST
def share(request: HttpRequest) -> HttpResponse:
    """Keeps the sheet that these parameters make, and goes to its address."""
    ask = read_ask(request.POST)
    if not ask.is_ready:
        return _question(request, ask)
    if not may_share(request):
        message = _("Vous avez partagé beaucoup de fiches en peu de temps : réessayez dans dix minutes.")
        return render(request, "sheets/refused.html", {"message": message}, status=429)
    assert ask.territory is not None
    sheet = compose(ask.territory, ask.challenge, ask.filters)
    try:
        kept = actions.share(by=Visitor(), sheet=sheet)
    except PermissionDenied as error:
        return render(request, "sheets/refused.html", {"message": str(error)}, status=503)
    return redirect("sheets:shared", kept.token)


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The sheet as it was, and what is new since."""
    kept = get_object_or_404(SharedSheet, token=token)
    sheet = from_json(kept.content)
    own = request.build_absolute_uri(reverse("sheets:shared", args=[token]))
    context = {**page.of(sheet, kept=kept), "address": own, "kept": kept, "news": _news(kept, sheet)}
    return _unlisted(render(request, "sheets/shared.html", context))


@require_safe
def shared_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The sheet as it was, as a document."""
    kept = get_object_or_404(SharedSheet, token=token)
    sheet = from_json(kept.content)
    own = request.build_absolute_uri(reverse("sheets:shared", args=[token]))
    return _document(sheet, own, shared_on=in_words(moment(sheet.composed_at)))


def _news(kept: SharedSheet, sheet: Sheet) -> Since | None:
    """None when today's sheet cannot be made: the territory is gone, or search is being rebuilt."""
    try:
        territory = Territory.objects.resolve(kept.territory_ref)
    except (ValueError, Territory.DoesNotExist):
        return None
    today = compose(territory, kept.challenge, sheet.filters)
    return since(sheet, today) if today.search_ready else None


def _question(request: HttpRequest, ask: Ask) -> HttpResponse:
    """The form with its messages. Opened without any parameter, it is only a form."""
    blank = not (request.GET or request.POST)
    only_where = "defi" not in request.GET and request.method != "POST" and ask.territory is not None
    if blank or (only_where and set(ask.errors) == {"defi"}):
        ask.errors, ask.status = {}, 200
    return _unlisted(render(request, "sheets/ask.html", page.of_question(ask), status=ask.status))


def _document(sheet: Sheet, own: str, *, shared_on: str = "") -> HttpResponse:
    name = f"fiche-{slug(sheet.territory.name)[:60]}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return _unlisted(HttpResponse(pdf.render(sheet, own, shared_on=shared_on), "application/pdf", headers=headers))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """There are as many sheets as questions: search engines are told to leave them."""
    response["X-Robots-Tag"] = "noindex"
    return response
