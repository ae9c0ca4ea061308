"""What writing a page at the desk shows otherwise than Wagtail does."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

_FOREIGN = ("whats-new-in-wagtail", "editor-guide")


@hooks.register("construct_page_action_menu", order=1_000)
def _publish_first(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """A draft saves itself: what whoever may publish came to do is one click away. Moderation keeps its own order."""
    publish = next((item for item in items if item.name == "action-publish"), None)
    if publish and not any(item.name in ("approve", "reject") for item in items):
        items.remove(publish)
        items.insert(0, publish)


@hooks.register("after_publish_page")
def _soon_everywhere(request: HttpRequest, page: Page) -> None:
    if page.live:
        messages.info(request, _("Elle sera dans la recherche, sa rubrique et les flux dans quelques secondes."))


@hooks.register("insert_editor_js")
def _own_scripts() -> SafeString:
    return format_html_join(
        "\n",
        '<script type="module" src="{}"></script>',
        [(static("staff/chart-choice.js"),), (static("staff/first-save.js"),)],
    )


@hooks.register("construct_homepage_summary_items", order=1_000)
def _no_summary(request: HttpRequest, items: list[Any]) -> None:
    """How many pages and pictures there are awaits nobody, and the menu leads to them."""
    items.clear()


@hooks.register("construct_help_menu", order=1_000)
def _our_guide_only(request: HttpRequest, items: list[Any]) -> None:
    """The news and the guide of the engine are in English, elsewhere."""
    items[:] = [item for item in items if not item.name.startswith(_FOREIGN)]
