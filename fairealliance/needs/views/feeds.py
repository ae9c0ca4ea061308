"""What is newly sought or offered, as an Atom feed: public things only."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.lib.feeds import PlainAtom, entry_id
from fairealliance.lib.text_fr import shorten, without_controls
from fairealliance.needs.enums import Side
from fairealliance.needs.filters import Filters
from fairealliance.needs.models import Need

ENTRIES = 50


@require_safe
def feed(request: HttpRequest, side: Side) -> HttpResponse:
    """The fifty told last, narrowed as the list is. Two queries."""
    own = request.build_absolute_uri()
    made = PlainAtom(
        title=_("Besoins · Faire Alliance") if side == Side.NEED else _("Offres · Faire Alliance"),
        link=request.build_absolute_uri(reverse(f"needs:{side}s")),
        description="",
        feed_url=own,
        feed_guid=own,
        language="fr",
        author_name="Faire Alliance",
    )
    needs = Filters.of(request.GET).narrow(Need.objects.public().filter(side=side)).for_cards()
    for need in needs[:ENTRIES]:
        made.add_item(
            title=(_("[Contenu inventé] ") if need.organisation.is_demo else "") + without_controls(need.title),
            link=request.build_absolute_uri(need.get_absolute_url()),
            description=without_controls(shorten(need.challenge, 400)),
            unique_id=entry_id(request.get_host(), need.ref),
            updateddate=need.told_at,
            pubdate=need.published_at,
            author_name=need.organisation.name,
        )
    return HttpResponse(made.writeString("utf-8"), "application/atom+xml; charset=utf-8")
