"""News, notes, stories: what editors write."""

import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable

from fairealliance.pages.blocks import BODY
from fairealliance.pages.enums import ArticleKind
from fairealliance.pages.fields import GoalsField
from fairealliance.pages.models.base import HubPage, absolute
from fairealliance.territories.models import Territory


class PageTerritory(Orderable):
    """A territory that a page is about."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="hub_territories")
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="+", verbose_name=_("territoire"))

    panels = [FieldPanel("territory")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "territory"], name="pages_territory_once")]

    def __str__(self) -> str:
        return f"{self.page_id} @ {self.territory_id}"


class Written(HubPage):
    """What articles and events share: a lead, a picture, goals, territories, a body."""

    lead = models.TextField(_("chapô"), max_length=400, help_text=_("L’essentiel, en une ou deux phrases."))
    image = models.ForeignKey(
        "pages.HubImage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("image")
    )
    goals = GoalsField(_("objectifs de développement durable"))
    body = StreamField(BODY, blank=True, verbose_name=_("corps de la page"))

    about_panels = [
        MultiFieldPanel(
            [FieldPanel("goals"), InlinePanel("hub_territories", label=_("territoire"), heading=_("Territoires"))],
            _("De quoi il s’agit, et où"),
            classname="collapsed",
        )
    ]
    subpage_types: list[str] = []
    parent_page_types = ["pages.RubricPage"]

    class Meta:
        abstract = True

    @property
    def teaser(self) -> str:
        return str(self.search_description or self.lead)

    @property
    def label(self) -> str:
        """Its nature in words. Each kind of page says it: Django's own metaclass leaves no room for an abstract one."""
        raise NotImplementedError


class ArticlePage(Written):
    """A dated text."""

    template = "pages/article_page.html"
    kind = models.CharField(_("nature"), max_length=10, choices=ArticleKind, default=ArticleKind.NEWS)
    date = models.DateField(_("date affichée"), default=timezone.localdate)
    author = models.CharField(_("auteur"), max_length=200, blank=True)
    source_label = models.CharField(_("source"), max_length=300, blank=True, help_text=_("D’où vient l’information."))
    source_url = models.URLField(_("adresse de la source"), max_length=500, blank=True)

    content_panels = [
        *HubPage.content_panels,
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("date")]),
        FieldPanel("image"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("author"), FieldPanel("source_label"), FieldPanel("source_url")],
            _("Auteur et source"),
            classname="collapsed",
        ),
        *Written.about_panels,
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @property
    def label(self) -> str:
        return str(self.get_kind_display())

    @property
    def day(self) -> datetime.date:
        return self.date

    def linked_data(self, request: HttpRequest) -> dict[str, object] | None:
        facts: dict[str, Any] = {
            "@type": "NewsArticle" if self.kind == ArticleKind.NEWS else "Article",
            "@id": absolute(request, self),
            "headline": self.title,
            "description": self.teaser,
            "datePublished": self.date.isoformat(),
            "dateModified": self.last_published_at.isoformat() if self.last_published_at else "",
            "author": {"@type": "Person", "name": self.author} if self.author else None,
            "isBasedOn": self.source_url,
            "publisher": {"@type": "Organization", "name": "Faire Alliance"},
        }
        return {key: value for key, value in facts.items() if value}
