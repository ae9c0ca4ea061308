"""Editorial pages, and the files they show."""

from fairealliance.pages.models.articles import ArticlePage, PageTerritory, Written
from fairealliance.pages.models.base import HubPage
from fairealliance.pages.models.events import EventPage
from fairealliance.pages.models.files import HubDocument, HubImage, HubRendition
from fairealliance.pages.models.settings import HubSettings, StarterDone
from fairealliance.pages.models.structure import DoorPage, HomePage, RubricPage, StandardPage

__all__ = [
    "ArticlePage",
    "DoorPage",
    "EventPage",
    "HomePage",
    "HubDocument",
    "HubImage",
    "HubPage",
    "HubRendition",
    "HubSettings",
    "PageTerritory",
    "RubricPage",
    "StandardPage",
    "StarterDone",
    "Written",
]
