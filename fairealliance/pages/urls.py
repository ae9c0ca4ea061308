"""Addresses that are not those of pages: feeds, calendars, cards, pictures, sitemaps."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import path, register_converter
from django.views.decorators.cache import cache_page

from fairealliance.pages import feeds, media, views
from fairealliance.pages.enums import RubricSlug
from fairealliance.pages.sitemaps import SITEMAPS

app_name = "pages"
_SITEMAP_KEPT = 600  # seconds: counting a million organisations is not free


class RubricConverter:
    regex = "|".join(RubricSlug.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RubricConverter, "rubric")
urlpatterns = [
    path("<rubric:rubric>/atom.xml", feeds.rubric, {"form": "atom"}, name="atom"),
    path("<rubric:rubric>/rss.xml", feeds.rubric, {"form": "rss"}, name="rss"),
    path("rendez-vous/<int:pk>/<slug:slug>.ics", views.event_calendar, name="event-calendar"),
    path("partage/site.png", views.site_card, name="site-card"),
    path("partage/<int:pk>.png", views.page_card, name="card"),
    path("media/images/<str:name>", media.picture, name="picture"),
    path(
        "sitemap.xml",
        cache_page(_SITEMAP_KEPT)(sitemaps.index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "pages:sitemap-part"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap-part"),
]
