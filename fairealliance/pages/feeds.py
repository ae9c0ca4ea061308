"""Each rubric as an Atom and an RSS feed: what came last, editors' and the base's."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import SyndicationFeed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.lib.feeds import DatedAtom, DatedRss, entry_id
from fairealliance.lib.text_fr import without_controls
from fairealliance.pages.enums import RubricSlug
from fairealliance.pages.listing import latest
from fairealliance.pages.models import RubricPage
from fairealliance.search.query import Hit, State

_RETRY_SECONDS = "30"


_FORMATS: dict[str, tuple[type[SyndicationFeed], str]] = {
    "atom": (DatedAtom, "application/atom+xml; charset=utf-8"),
    "rss": (DatedRss, "application/rss+xml; charset=utf-8"),
}


@require_safe
def rubric(request: HttpRequest, rubric: str, form: str) -> HttpResponse:
    """The 50 latest of a rubric."""
    page = get_object_or_404(RubricPage.objects.live().public(), rubric=rubric)
    results = latest(RubricSlug(rubric))
    if results.state != State.READY:
        words = _("La recherche se reconstruit : revenez dans un instant.")
        return HttpResponse(words, "text/plain; charset=utf-8", status=503, headers={"Retry-After": _RETRY_SECONDS})
    kind, media_type = _FORMATS[form]
    return HttpResponse(_written(request, page, kind, form, results.hits), media_type)


def _written(
    request: HttpRequest, page: RubricPage, kind: type[SyndicationFeed], form: str, hits: tuple[Hit, ...]
) -> str:
    own = request.build_absolute_uri(reverse(f"pages:{form}", args=[page.rubric]))
    feed = kind(
        title=f"{page.title} · Faire Alliance",
        link=request.build_absolute_uri(page.url or "/"),
        description=page.teaser,
        subtitle=page.teaser,
        feed_url=own,
        feed_guid=own,
        language="fr",
        author_name="Faire Alliance",
    )
    host = request.get_host()
    for hit in hits:
        moment = datetime.fromtimestamp(hit.added, UTC)
        feed.add_item(
            title=(_("[Contenu inventé] ") if hit.is_demo else "") + without_controls(hit.title),
            link=request.build_absolute_uri(hit.url),
            # Readers take it for HTML: what was written as words stays words.
            description=escape(without_controls(hit.summary)),
            unique_id=entry_id(host, hit.ref),
            unique_id_is_permalink=False,
            pubdate=moment,
            updateddate=moment,
            author_name=hit.source or None,
            categories=[hit.label] if hit.label else (),
        )
    return str(feed.writeString("utf-8"))
