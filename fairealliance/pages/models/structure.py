"""The frame: home, rubrics, doors and ways in, pages that stand by themselves."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField

from fairealliance.pages import listing
from fairealliance.pages.blocks import BODY, STANDARD, WAYS
from fairealliance.pages.blocks.text import SHORT
from fairealliance.pages.enums import Door, RubricSlug
from fairealliance.pages.models.base import HubPage


class HomePage(HubPage):
    """The top of the tree. What visitors see at `/` is made by the room of action sheets."""

    template = "pages/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.RubricPage", "pages.DoorPage", "pages.StandardPage"]
    max_count = 1
    preview_modes: list[tuple[str, str]] = []

    class Meta:
        verbose_name = _("accueil")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("/")


class Introduced(HubPage):
    """A title, a few words, and whatever editors add."""

    intro = RichTextField(_("introduction"), features=SHORT, blank=True)

    class Meta:
        abstract = True

    @property
    def teaser(self) -> str:
        return str(self.search_description or Truncator(strip_tags(self.intro)).chars(280))


class RubricPage(Introduced):
    """One of the five rubrics: articles of editors and what the base holds, in one list."""

    template = "pages/rubric_page.html"
    rubric = models.CharField(_("rubrique"), max_length=20, choices=RubricSlug, unique=True)
    body = StreamField(BODY, blank=True, verbose_name=_("au-dessus de la liste"))

    content_panels = [*HubPage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.ArticlePage", "pages.EventPage"]
    is_creatable = False  # five, made by `prepare`

    class Meta:
        verbose_name = _("rubrique")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = self.get_context(request)
        return TemplateResponse(request, self.template, context, status=context["status"])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request), **listing.context(request, RubricSlug(self.rubric), self.url or "")}

    def linked_data(self, request: HttpRequest) -> dict[str, object] | None:
        return {"@type": "CollectionPage", "name": self.title, "description": self.teaser}


class DoorPage(Introduced):
    """A door (s’informer, se former, agir), or the way in of one public: where to go from here."""

    template = "pages/door_page.html"
    door = models.CharField(_("porte"), max_length=20, choices=Door, unique=True)
    ways = StreamField(WAYS, blank=True, verbose_name=_("où aller"))
    body = StreamField(BODY, blank=True, verbose_name=_("corps de la page"))

    content_panels = [*HubPage.content_panels, FieldPanel("intro"), FieldPanel("ways"), FieldPanel("body")]
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    is_creatable = False

    class Meta:
        verbose_name = _("porte d’entrée")
        verbose_name_plural = _("portes d’entrée")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request), "other": self._other()}

    def _other(self) -> "DoorPage | None":
        """The way in of the other public."""
        others = {Door.PUBLIC: Door.ORGANISATIONS, Door.ORGANISATIONS: Door.PUBLIC}
        other = others.get(Door(self.door))
        return DoorPage.objects.live().filter(door=other).first() if other else None


class StandardPage(Introduced):
    """A page that stands by itself: legal notice, privacy, contact…"""

    template = "pages/standard_page.html"
    body = StreamField(STANDARD, blank=True, verbose_name=_("corps de la page"))

    content_panels = [*HubPage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]

    class Meta:
        verbose_name = _("page simple")
        verbose_name_plural = _("pages simples")
