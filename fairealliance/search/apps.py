"""One index over all that is public."""

from django.apps import AppConfig

from fairealliance.design.panels import register


class SearchApp(AppConfig):
    name = "fairealliance.search"
    label = "search"

    def ready(self) -> None:
        # Imports models: only once the applications are loaded.
        from fairealliance.organisations.members import finding  # noqa: PLC0415 -- models load later
        from fairealliance.search import named, panels_alike, panels_needs, panels_territory  # noqa: PLC0415 -- likewise
        from fairealliance.search.sources import register_all  # noqa: PLC0415 -- likewise

        register_all()
        finding.register_index(named.organisations)
        register("territory", panels_territory.of_territory, order=30)
        register("practice", panels_alike.of_practice, order=50)
        register("organisation", panels_alike.of_organisation, order=60)
        register("resource", panels_alike.of_resource, order=60)
        register("need-writing", panels_needs.of_writing)
        register("need", panels_needs.of_need)
