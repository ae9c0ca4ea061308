"""Addresses of needs and offers, for everybody."""

from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from fairealliance.needs.enums import Side
from fairealliance.needs.views import feeds, reading, renewal

_NEED, _OFFER = {"side": Side.NEED}, {"side": Side.OFFER}
app_name = "needs"
urlpatterns = [
    path("besoins/", reading.index, _NEED, name="needs"),
    path("besoins/flux.atom", feeds.feed, _NEED, name="needs-feed"),
    path("besoins/<int:pk>-<slug:slug>/", reading.detail, _NEED, name="need"),
    path("besoins/lien/<slug:token>/", never_cache(reading.by_link), name="by-link"),
    re_path(r"^besoins/renouveler/(?P<token>[-.~\w]{1,120})/$", never_cache(renewal.renew), name="renewal"),
    path("offres/", reading.index, _OFFER, name="offers"),
    path("offres/flux.atom", feeds.feed, _OFFER, name="offers-feed"),
    path("offres/<int:pk>-<slug:slug>/", reading.detail, _OFFER, name="offer"),
]
