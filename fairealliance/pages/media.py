"""Pictures of editors, at the sizes pages ask for. Nothing else of the media folder is served.

Originals, documents and files of private collections are not reached from here: documents go through Wagtail's own
view, which asks who may read them.
"""

import mimetypes
import re
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

from fairealliance.accounts.models import User
from fairealliance.accounts.second_proof import lacks_second_proof
from fairealliance.pages.models import HubRendition

_NAME = re.compile(r"[\w.-]+\.(?:jpe?g|png|gif|webp|avif)", re.ASCII)
_OPEN_SECONDS = 60
_A_YEAR = "public, max-age=31536000, immutable"  # another picture has another name


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """One rendition, by its file name."""
    path = Path(settings.MEDIA_ROOT) / "images" / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise Http404
    is_open = _is_open(name)
    if not is_open and not _enters_the_desk(request.user):
        raise Http404
    changed = path.stat().st_mtime
    if not was_modified_since(request.headers.get("If-Modified-Since"), int(changed)):
        answer: HttpResponseBase = FileResponse(status=304)
    else:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        answer = FileResponse(path.open("rb"), content_type=kind)
    answer["Last-Modified"] = http_date(changed)
    answer["Cache-Control"] = _A_YEAR if is_open else "private, no-store"
    return answer


def _enters_the_desk(person: User | AnonymousUser) -> bool:
    """With the second proof that the secretariat owes, here as there."""
    owes_proof = isinstance(person, User) and lacks_second_proof(person)
    return not owes_proof and person.has_perm("wagtailadmin.access_admin")


def _is_open(name: str) -> bool:
    """Whether its collection is for everybody. Asked once a minute for each picture."""
    key = f"pages.media.{name}"
    known: bool | None = cache.get(key)
    if known is None:
        rendition = HubRendition.objects.select_related("image__collection").filter(file=f"images/{name}").first()
        known = rendition is not None and not rendition.image.collection.get_view_restrictions().exists()
        cache.set(key, known, _OPEN_SECONDS)
    return known
