"""Practices as documents."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from fairealliance.practices.models import Practice, PracticeTerritory
from fairealliance.search.documents import Doc
from fairealliance.search.sources.common import added, aims, aims_in_words, joined, numeric, origin, summary
from fairealliance.search.sources.places import Places, Whereabouts, by_thing


def keys() -> Iterable[str]:
    return map(str, Practice.objects.order_by("pk").values_list("pk", flat=True).iterator())


def build(wanted: Sequence[str]) -> Iterable[Doc]:
    """Six queries: practices, partners, tools, territories, their ancestors, names."""
    found = Practice.objects.filter(pk__in=numeric(wanted)).select_related("source").order_by("pk")
    practices = list(found.prefetch_related("partners", "tools"))
    links = PracticeTerritory.objects.filter(practice__in=practices).order_by("pk")
    territories = by_thing(links.values_list("practice_id", "territory_id"))
    places = Places.of(pk for ids in territories.values() for pk in ids)
    for practice in practices:
        yield _doc(practice, places.whereabouts(territories[practice.pk]))


def _doc(practice: Practice, where: Whereabouts) -> Doc:
    partners = list(practice.partners.all())
    located = practice.latitude is not None
    return Doc(
        ref=f"practice:{practice.pk}",
        kind="practice",
        title=practice.title,
        url=practice.get_absolute_url(),
        body=joined(practice.challenge, practice.summary, practice.results, practice.conditions),
        keywords=joined(
            *(partner.name for partner in partners),
            *(tool.title for tool in practice.tools.all()),
            practice.funding,
            practice.get_form_display(),
            practice.get_kind_display(),
            aims_in_words(practice),
            where.words,
        ),
        summary=summary(practice.summary, practice.challenge, practice.results),
        label=practice.get_form_display() or practice.get_kind_display() or _("exemple"),
        spheres=tuple(dict.fromkeys(partner.sphere for partner in partners if partner.sphere)),
        scopes=where.scopes,
        regions=where.regions,
        departements=where.departements,
        territory=where.territory,
        territory_ref=where.territory_ref,
        year=practice.start_year or practice.end_year,
        latitude=practice.latitude if located else where.latitude,
        longitude=practice.longitude if located else where.longitude,
        precision=practice.precision if located else where.precision,
        medoc="example",
        stages=(practice.stage,) if practice.stage else (),
        source=origin(practice),
        is_demo=practice.is_demo,
        added=added(practice),
        **aims(practice),
    )
