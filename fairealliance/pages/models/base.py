"""What all pages of ours have in common."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

_TREE_ROOTS = 2  # the invisible root, and the home page


class HubPage(Page):
    """A page with an address, a trail that leads to it, and a card when it is shared."""

    sharing_image = models.ForeignKey(
        "pages.HubImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("image de partage"),
        help_text=gettext_lazy("Montrée quand la page est partagée. Sans elle, une carte est composée avec le titre."),
    )

    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("sharing_image"),
            ],
            gettext_lazy("Adresse et partage"),
        )
    ]
    show_in_menus_default = False

    class Meta:
        abstract = True

    @property
    def teaser(self) -> str:
        """What the page is about, in a sentence or two: for search engines, feeds and cards."""
        return str(self.search_description)

    @property
    def trail(self) -> list[tuple[str, str]]:
        """The pages above it, home first; the last step is the page itself."""
        above = self.get_ancestors().filter(depth__gt=_TREE_ROOTS)
        return [(_("Accueil"), "/"), *((page.title, page.url or "") for page in above), (self.title, "")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context(request, *args, **kwargs)
        found["trail"] = self.trail
        found["linked"] = self.linked_data(request)
        return found

    def linked_data(self, request: HttpRequest) -> dict[str, object] | None:
        """schema.org facts."""
        return None


def absolute(request: HttpRequest, page: Page) -> str:
    """The page's whole address, as the visitor knows it."""
    return request.build_absolute_uri(page.url or "/")
