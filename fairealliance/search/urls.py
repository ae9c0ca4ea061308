"""Addresses of search."""

from django.urls import path

from fairealliance.search import feeds, views

app_name = "search"
urlpatterns = [
    path("", views.explore, name="explore"),
    path("flux.atom", feeds.feed, name="feed"),
]
