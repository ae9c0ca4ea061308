"""Choosing a territory by typing its name, as visitors do."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from fairealliance.territories.autocomplete import suggest
from fairealliance.territories.models import Territory
from fairealliance.territories.words import level_name

_SHOWN = 30


class TerritoryFilterForm(BaseFilterForm):
    """A name, a postal code or a code."""

    q = forms.CharField(label=_("Nom, code postal ou code"), required=False, max_length=200)

    def filter(self, objects: "QuerySet[Territory]") -> "QuerySet[Territory]":
        objects = super().filter(objects)
        words = self.cleaned_data.get("q", "").strip()
        if not words:
            return objects.filter(level="region")
        self.is_searching, self.search_query = True, words
        wanted = Q(pk__in=[])
        for found in suggest(words, _SHOWN):
            level, _separator, code = found.ref.partition(":")
            wanted |= Q(level=level, code=code)
        return objects.filter(wanted)


class _Paginator(WagtailPaginator):
    """Says how many with the model's name, which is in English."""

    verbose_name = _("territoire")
    verbose_name_plural = _("territoires")


class _Listed:
    filter_form_class = TerritoryFilterForm
    paginator_class = _Paginator
    ordering = ["-population", "name"]

    @property
    def columns(self) -> list[Column]:
        level = Column("level", label=_("Niveau"), accessor=lambda each: level_name(each.level))
        return [*super().columns, level, Column("code", label=_("Code"))]  # type: ignore[misc]  # of the view mixed in


class _Choose(_Listed, ChooseView):
    pass


class _Results(_Listed, ChooseResultsView):
    pass


class TerritoryChooserViewSet(ChooserViewSet):
    model: Any = Territory
    icon = "site"
    choose_one_text = _("Choisir un territoire")
    choose_another_text = _("Choisir un autre territoire")
    choose_view_class = _Choose
    choose_results_view_class = _Results


territory_chooser = TerritoryChooserViewSet("territory_chooser")
TerritoryChooserBlock: Any = territory_chooser.get_block_class(
    name="TerritoryChooserBlock", module_path="fairealliance.pages.blocks.choosers"
)
