"""Measures of the roadmaps as documents, as they stand today."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from fairealliance.roadmap.models import Measure, MeasureTerritory, Programme
from fairealliance.roadmap.state import MeasureState, read
from fairealliance.search.documents import Doc
from fairealliance.search.sources.common import joined, numeric, summary
from fairealliance.search.sources.places import Places, Whereabouts


def keys() -> Iterable[str]:
    return map(str, Measure.objects.order_by("pk").values_list("pk", flat=True).iterator())


def build(wanted: Sequence[str]) -> Iterator[Doc]:
    """The state of each of their programmes today, the territories, and the queries of places."""
    ids = numeric(wanted)
    programmes = Programme.objects.filter(measures__in=ids).distinct().order_by("pk")
    states = {state.measure.pk: state for programme in programmes for state in read(programme).measures}
    measures = [states[pk] for pk in sorted(ids) if pk in states]
    territories: defaultdict[int, list[int]] = defaultdict(list)
    for link in MeasureTerritory.objects.filter(measure__in=ids):
        territories[link.measure_id].append(link.territory_id)
    places = Places.of(pk for each in territories.values() for pk in each)
    for state in measures:
        yield _doc(state, places.whereabouts(territories[state.measure.pk]))


def _doc(state: MeasureState, where: Whereabouts) -> Doc:
    measure, wording, last = state.measure, state.wording, state.report
    return Doc(
        ref=f"measure:{measure.pk}",
        kind="measure",
        title=f"{state.number}. {state.title}",
        url=measure.get_absolute_url(),
        body=joined(wording["objective"], wording["ways"], wording["expected"], *(each.text for each in state.reports)),
        keywords=joined(
            measure.programme.title,
            state.dimension.title,
            *(each.name for each in state.facilitators),
            _("mesure feuille de route"),
        ),
        summary=summary(last.text if last else "", wording["objective"]),
        label=_("mesure %d") % measure.number,
        places=where.names,
        scopes=where.scopes,
        regions=where.regions,
        departements=where.departements,
        territory=where.territory,
        territory_ref=where.territory_ref,
        year=last.dated_on.year if last else state.started_on.year,
        latitude=where.latitude,
        longitude=where.longitude,
        precision=where.precision,
        source=measure.programme.source_label,
        added=int(_moment(state).timestamp()),
    )


def _moment(state: MeasureState) -> datetime:
    """Of its latest report, else of its beginning."""
    day = state.report.issued_on if state.report else state.started_on
    return datetime(day.year, day.month, day.day, 12)
