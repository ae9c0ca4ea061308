"""Who did what, when: append-only, chained."""

from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

from fairealliance.lib import periodic


class JournalApp(AppConfig):
    name = "fairealliance.journal"
    label = "journal"

    def ready(self) -> None:
        from fairealliance.journal import actions, guards  # noqa: PLC0415 -- models load after the app's configuration

        autodiscover_modules("journal_words")
        periodic.register("journal-prune", every=timedelta(days=1), act=actions.prune_old_changes)
        post_migrate.connect(guards.install_after_migration, sender=self, dispatch_uid="journal.guards")
