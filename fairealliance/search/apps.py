"""One index over all that is public."""

from django.apps import AppConfig


class SearchApp(AppConfig):
    name = "fairealliance.search"
    label = "search"
