"""One index over all that is public."""

from django.apps import AppConfig


class SearchApp(AppConfig):
    name = "fairealliance.search"
    label = "search"

    def ready(self) -> None:
        # Imports models: only once the applications are loaded.
        from fairealliance.search.sources import register_all  # noqa: PLC0415

        register_all()
