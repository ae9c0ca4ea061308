"""The programme as files and as a feed."""

from datetime import UTC, date, datetime, time

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.lib.feeds import PlainAtom, entry_id
from fairealliance.lib.tabular.writing import XLSX
from fairealliance.lib.text_fr import without_controls
from fairealliance.roadmap import history
from fairealliance.roadmap.exchange import export
from fairealliance.roadmap.views.asking import Asked, page

_ENTRIES = 50
_TOLD = {"report", "correction", "issue", "statement"}


@page
def export_csv(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The table that imports back to the same state."""
    return _file(export.to_csv(asked.programme, asked.past), "text/csv; charset=utf-8", _name(asked, "csv"))


@page
def export_xlsx(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The same as a workbook."""
    return _file(export.to_xlsx(asked.programme, asked.past), XLSX, _name(asked, "xlsx"))


def _came_here(event: history.Event) -> tuple[datetime, date]:
    return event.recorded_at or datetime.combine(event.on, time(12), UTC), event.on


def _name(asked: Asked, suffix: str) -> str:
    return f"{asked.programme.slug}-{asked.past or timezone.localdate()}.{suffix}"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page
def feed(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Reports, corrections and what was said of the programme: what came here last is first, whatever day it tells."""
    programme = asked.programme
    own = request.build_absolute_uri(programme.address("feed"))
    made = PlainAtom(
        title=without_controls(programme.title),
        link=request.build_absolute_uri(programme.get_absolute_url()),
        description="",
        subtitle=_("Les bilans des mesures, à mesure qu’ils sont publiés."),
        feed_url=own,
        feed_guid=own,
        language="fr",
        author_name="Faire Alliance",
    )
    told = [event for event in history.of_programme(asked.read()) if event.kind in _TOLD]
    for event in sorted(told, key=_came_here, reverse=True)[:_ENTRIES]:
        moment = _came_here(event)[0]
        made.add_item(
            title=without_controls(event.title),
            link=request.build_absolute_uri(event.href or programme.get_absolute_url()),
            description=without_controls(event.text),
            unique_id=entry_id(request.get_host(), f"{programme.slug}:{event.kind}:{event.on.isoformat()}:{event.key}"),
            updateddate=moment,
            pubdate=moment,
        )
    return HttpResponse(made.writeString("utf-8"), "application/atom+xml; charset=utf-8")
