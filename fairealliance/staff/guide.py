"""The editors' guide, as it stands in docs/guide-editeurs.md, read at the desk."""

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from fairealliance.lib import markdown_fr

FILE = Path(settings.BASE_DIR) / "docs" / "guide-editeurs.md"
PICTURES = Path(settings.BASE_DIR) / "docs" / "pictures" / "guide"
_PICTURE = re.compile(r"pictures/guide/(?P<name>[\w-]+)\.png")


@require_admin_access
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The guide; 404 when the product was installed without its documents."""
    if not FILE.is_file():
        raise Http404
    return render(request, "staff/guide.html", {"guide": to_html(FILE.read_text(encoding="utf-8"))})


@require_admin_access
@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """One of those that are there: a name is compared, never made into a path (one too long is an error there)."""
    path = next((each for each in PICTURES.glob("*.png") if each.stem == name), None)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/png")


def to_html(text: str) -> SafeString:
    """The page's own title stands above those of the guide."""
    return mark_safe(markdown_fr.to_html(text, deeper=1, address=_address))  # noqa: S308 -- no HTML passes through


def _address(said: str) -> str:
    """Pictures of the guide are kept for the desk."""
    found = _PICTURE.fullmatch(said)
    return reverse("staff-guide-picture", args=[found["name"]]) if found else said
