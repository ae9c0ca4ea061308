"""Who did what, when: append-only."""

from django.apps import AppConfig


class JournalApp(AppConfig):
    name = "fairealliance.journal"
    label = "journal"
