"""What the hub shows on the home page: three doors, two ways in, the latest news."""

from django.core.cache import cache
from django.http import HttpRequest

from fairealliance.design.panels import Panel
from fairealliance.pages.enums import Door, RubricSlug
from fairealliance.pages.listing import latest
from fairealliance.pages.models import DoorPage
from fairealliance.search.explore.page import card_html, card_of

_NEWS = 3
_SECONDS = 60
_DOORS_KEY = "pages.doors"


def of_home(request: HttpRequest, subject: object) -> Panel | None:
    """Nothing when there is neither news nor door: the page still says what it is for."""
    doors = _doors()
    cards = [card_html(card_of(hit)) for hit in latest(RubricSlug.NEWS, _NEWS).hits]
    if not doors and not cards:
        return None
    three = [each for each in doors if each["door"] in (Door.LEARN, Door.TRAIN, Door.ACT)]
    publics = [each for each in doors if each["door"] in (Door.PUBLIC, Door.ORGANISATIONS)]
    return Panel("pages/parts/home.html", {"doors": three, "publics": publics, "news": cards})


def _doors() -> list[dict[str, str]]:
    """Published doors in their order. One query a minute: they hardly change."""
    found: list[dict[str, str]] | None = cache.get(_DOORS_KEY)
    if found is None:
        order = {value: rank for rank, value in enumerate(Door.values)}
        rows = sorted(DoorPage.objects.live().public(), key=lambda page: order[page.door])
        found = [
            {
                "door": page.door,
                "title": page.title,
                "url": page.url or "",
                "text": page.teaser,
                "icon": ICONS[page.door],
            }
            for page in rows
        ]
        cache.set(_DOORS_KEY, found, _SECONDS)
    return found


ICONS: dict[str, str] = {
    Door.LEARN: "data",
    Door.TRAIN: "method",
    Door.ACT: "people",
    Door.PUBLIC: "people",
    Door.ORGANISATIONS: "organisation",
}
