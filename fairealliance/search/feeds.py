"""Any search as an Atom feed: what is new first."""

from dataclasses import replace
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.lib.feeds import PlainAtom, entry_id
from fairealliance.lib.text_fr import without_controls
from fairealliance.search import engine
from fairealliance.search.explore.criteria import Criteria, read
from fairealliance.search.explore.labels import KINDS, gazetteer, label
from fairealliance.search.query import Hit, State
from fairealliance.search.views import RETRY_SECONDS

ENTRIES = 50


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The 50 latest answers to a search, whatever its order on the page."""
    asked = read(request.GET, gazetteer())
    if asked.errors:
        return HttpResponse(" ".join(asked.errors.values()), "text/plain; charset=utf-8", status=400)
    question = replace(asked.criteria.query(size=ENTRIES), sort="added", page=1, with_facets=False, with_snippets=False)
    results = engine.find(question)
    if results.state != State.READY:
        words = _("La recherche se reconstruit : revenez dans un instant.")
        headers = {"Retry-After": str(RETRY_SECONDS)}
        return HttpResponse(words, "text/plain; charset=utf-8", status=503, headers=headers)
    written = _written(request, replace(asked.criteria, sort=""), results.hits)
    return HttpResponse(written, "application/atom+xml; charset=utf-8")


def _written(request: HttpRequest, criteria: Criteria, hits: tuple[Hit, ...]) -> str:
    own = request.build_absolute_uri(reverse("search:feed") + criteria.address())
    made = PlainAtom(
        title=_title(criteria),
        link=request.build_absolute_uri(reverse("search:explore") + criteria.address()),
        description="",
        subtitle=_("Ce qui est nouveau pour cette recherche sur Faire Alliance."),
        feed_url=own,
        feed_guid=own,
        language="fr",
        author_name="Faire Alliance",
    )
    host = request.get_host()
    for hit in hits:
        moment = datetime.fromtimestamp(hit.added, UTC)
        made.add_item(
            title=(_("[Contenu inventé] ") if hit.is_demo else "") + without_controls(hit.title),
            link=request.build_absolute_uri(hit.url),
            description=without_controls(hit.summary),
            unique_id=entry_id(host, hit.ref),
            updateddate=moment,
            pubdate=moment,
            categories=[str(KINDS[hit.kind])] if hit.kind in KINDS else (),
            author_name=hit.source or None,
        )
    return made.writeString("utf-8")


def _title(criteria: Criteria) -> str:
    names = gazetteer()
    told = [f"« {criteria.text} »"] if criteria.text else []
    told += [label(facet, value, names) for facet, values in criteria.chosen.items() for value in values]
    if criteria.place:
        told.append(criteria.place.name)
    return without_controls(" · ".join([*told, _("Faire Alliance")]))
