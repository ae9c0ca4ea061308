"""Editorial pages (Wagtail): rubrics, articles, blocks drawn from the live base."""

from django.apps import AppConfig

from fairealliance.audience.naming import register_titles
from fairealliance.design.panels import register


class PagesApp(AppConfig):
    name = "fairealliance.pages"
    label = "pages"

    def ready(self) -> None:
        # Imports models: only once the applications are loaded. Those below have registered their documents.
        from fairealliance.accounts.mail import register_publisher  # noqa: PLC0415 -- likewise
        from fairealliance.pages import documents, following, own_data, panels, rubrics, titles  # noqa: PLC0415 -- models load later
        from fairealliance.pages.blocks.links import hold_in_rich_text  # noqa: PLC0415 -- likewise
        from fairealliance.pages.models.settings import imprint  # noqa: PLC0415 -- likewise
        from fairealliance.search.documents import register as register_documents  # noqa: PLC0415 -- likewise

        register_documents(documents.KIND, documents.keys, documents.build)
        rubrics.register_rubrics()
        own_data.register_all()
        following.connect()
        hold_in_rich_text()
        register_titles(titles.titles)
        register("home", panels.of_home, order=20)
        register_publisher(imprint)
