"""How much the hub holds, for the home page. Counted every few minutes: nobody waits for a count."""

from dataclasses import dataclass
from typing import cast

from django.core.cache import cache
from django.db.models import Count, Model, Q
from django.utils.translation import gettext as _

from fairealliance.organisations.models import Organisation
from fairealliance.practices.models import Practice
from fairealliance.provenance.models import Source
from fairealliance.resources.models import Resource
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory

_KEY, _SECONDS = "sheets.holdings.told", 300


@dataclass(frozen=True, slots=True)
class Holding:
    """So many of something, and the page that lists them, with those invented to show what it will be."""

    count: int
    invented: int
    label: str
    url: str


def counted() -> list[Holding]:
    """Territories, examples, organisations, resources, and the sources they come from; what is invented, apart."""
    counts = cast("list[tuple[int, int]] | None", cache.get(_KEY))
    if counts is None:
        counts = [
            (Territory.objects.filter(level=Level.COMMUNE).count(), 0),
            _told(Practice),
            _told(Organisation),
            _told(Resource),
            _told(Source),
        ]
        cache.set(_KEY, counts, _SECONDS)
    labels = [
        (_("communes, chacune avec ses chiffres"), "/territoires/"),
        (_("exemples, avec lieu et partenaires"), "/exemples/"),
        (_("organisations"), "/recherche/?kind=organisation"),
        (_("outils, méthodes et études"), "/recherche/?kind=resource"),
        (_("sources citées"), "/sources/"),
    ]
    return [Holding(*count, *label) for count, label in zip(counts, labels, strict=True)]


def _told(model: type[Model]) -> tuple[int, int]:
    """Real, and invented. One query."""
    told = model._default_manager.aggregate(
        real=Count("pk", filter=Q(is_demo=False)), invented=Count("pk", filter=Q(is_demo=True))
    )
    return told["real"], told["invented"]
