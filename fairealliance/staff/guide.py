"""The editors' guide, as it stands in docs/guide-editeurs.md, read at the desk."""

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

FILE = Path(settings.BASE_DIR) / "docs" / "guide-editeurs.md"
PICTURES = Path(settings.BASE_DIR) / "docs" / "pictures" / "guide"
_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?:pictures/guide/)(?P<name>[\w-]+)\.png\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LIST = re.compile(r"(?:-|\d+\.) ")


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
    path = PICTURES / f"{name}.png"
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/png")


def to_html(text: str) -> SafeString:
    """The few marks that the guide uses: titles, paragraphs, lists, bold, pictures. All else is words."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text) if block.strip())
    return mark_safe("\n".join(_block(block) for block in blocks))  # noqa: S308 -- each piece is escaped


def _block(block: str) -> str:
    if block.startswith("#"):
        marks, _blank, words = block.partition(" ")
        level = min(len(marks) + 1, 4)  # the page's own title stands above
        return f"<h{level}>{_inline(words)}</h{level}>"
    if found := _PICTURE.fullmatch(block):
        address = reverse("staff-guide-picture", args=[found["name"]])
        return f'<figure><img src="{address}" alt="{escape(found["alt"])}" loading="lazy"></figure>'
    lines = block.splitlines()
    if all(_LIST.match(line) for line in lines):
        tag = "ul" if block.startswith("-") else "ol"
        items = "".join(f"<li>{_inline(_LIST.sub('', line, count=1))}</li>" for line in lines)
        return f"<{tag}>{items}</{tag}>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _inline(words: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", escape(words))
