"""Address of the alliances possible in a territory: under those of the territories, whose converters it shares."""

from django.urls import path

from fairealliance.matching import place_views

app_name = "alliances"
urlpatterns = [
    path("territoires/<level:level>/<code:code>-<str:slug>/alliances/", place_views.of_territory, name="of-territory"),
    path("territoires/<level:level>/<code:code>/alliances/", place_views.of_territory, name="of-territory-by-code"),
]
