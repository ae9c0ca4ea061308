"""Blocks drawn from the live base when the page is read. What is no longer there is said, never an error."""

from typing import Any

from django import forms
from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from fairealliance.observatory import reads as observatory
from fairealliance.pages.blocks.choosers import TerritoryChooserBlock
from fairealliance.pages.fields import CHOICES
from fairealliance.roadmap import state as roadmap
from fairealliance.roadmap.models import Measure
from fairealliance.search import engine
from fairealliance.search.explore.page import card_html, card_of
from fairealliance.search.query import Query
from fairealliance.territories import portrait
from fairealliance.territories.models import Territory

Context = dict[str, Any]
_GROUP = _("Puiser dans la base")


class LiveBlock(blocks.StructBlock):
    """Adds to the template's context what `read` finds."""

    def get_context(self, value: Any, parent_context: Context | None = None) -> Context:
        return {**super().get_context(value, parent_context), **self.read(value)}

    def read(self, value: Any) -> Context:
        """What is found now for what the editor chose. Each block says how: Wagtail's own metaclass leaves no room for
        an abstract one.
        """
        raise NotImplementedError


class CasesBlock(LiveBlock):
    """The latest cases that answer a goal, in a territory or anywhere."""

    title = blocks.CharBlock(label=_("Titre"), max_length=120, required=False)
    goal = blocks.ChoiceBlock(label=_("Objectif"), choices=[(str(number), words) for number, words in CHOICES])
    territory = TerritoryChooserBlock(label=_("Territoire"), required=False)
    count = blocks.IntegerBlock(label=_("Combien"), default=3, min_value=1, max_value=12)

    def read(self, value: Any) -> Context:
        territory = value.get("territory")
        goal = str(value.get("goal") or "")
        if goal not in dict(self.child_blocks["goal"].field.choices):
            return {"cards": [], "more": ""}
        asked = Query(
            kinds=("practice",),
            goals=(int(goal),),
            scopes=(territory.ref,) if territory else (),
            sort="date",
            size=value.get("count") or 3,
            with_facets=False,
            with_total=False,
        )
        cards = [card_html(card_of(hit)) for hit in engine.find(asked).hits]
        more = f"/recherche/?kind=practice&goal={goal}" + (f"&pres={territory.ref}" if territory else "")
        return {"cards": cards, "more": more}

    class Meta:
        icon = "thumbtack"
        label = _("Exemples sur un objectif")
        group = _GROUP
        template = "pages/blocks/cases.html"
        description = _("Les derniers exemples sur un ODD, ici ou partout. La liste se tient à jour toute seule.")
        preview_value = {"title": "", "goal": "4", "count": 3}


class FiguresBlock(LiveBlock):
    """What is known of a territory, each figure with its source."""

    def get_preview_value(self) -> Any:
        region = Territory.objects.filter(level="region").order_by("-population").first()
        return self.normalize({"territory": region, "count": 4})

    territory = TerritoryChooserBlock(label=_("Territoire"))
    count = blocks.IntegerBlock(label=_("Combien de chiffres"), default=6, min_value=1, max_value=30)

    def read(self, value: Any) -> Context:
        territory: Territory | None = value.get("territory")
        if territory is None:
            return {"missing": _("Ce territoire n’est plus dans la base."), "rows": []}
        return {"missing": "", "rows": portrait.figures(territory)[: value.get("count") or 6]}

    class Meta:
        icon = "table"
        label = _("Chiffres d’un territoire")
        group = _GROUP
        template = "pages/blocks/figures.html"
        description = _("Les chiffres d’une commune, d’une intercommunalité, d’un département ou d’une région.")


class EventsBlock(LiveBlock):
    """The next events of the site."""

    title = blocks.CharBlock(label=_("Titre"), max_length=120, required=False)
    count = blocks.IntegerBlock(label=_("Combien"), default=3, min_value=1, max_value=12)

    def read(self, value: Any) -> Context:
        coming = (
            apps.get_model("pages", "EventPage")
            .objects.live()
            .public()
            .filter(starts_at__gte=timezone.now())
            .order_by("starts_at")
        )
        return {"events": list(coming[: value.get("count") or 3])}

    class Meta:
        icon = "calendar-alt"
        label = _("Prochains rendez-vous")
        group = _GROUP
        template = "pages/blocks/events.html"
        description = _("Les rendez-vous à venir. La liste se vide toute seule.")
        preview_value = {"title": "Prochains rendez-vous", "count": 3}


def measure_choices() -> list[tuple[str, str]]:
    rows = Measure.objects.select_related("programme").order_by("programme__title", "number")
    return [(str(row.pk), str(row)) for row in rows]


class MeasureBlock(LiveBlock):
    """Where a measure of the roadmap stands today."""

    def get_preview_value(self) -> Any:
        return self.normalize({"measure": next((key for key, _words in measure_choices()), "")})

    measure = blocks.ChoiceBlock(label=_("Mesure"), choices=measure_choices)

    def read(self, value: Any) -> Context:
        key = str(value.get("measure") or "")
        measure = Measure.objects.select_related("programme").filter(pk=key).first() if key.isdecimal() else None
        state = roadmap.read_measure(measure.programme, measure.number) if measure else None
        return {"state": state, "missing": "" if state else _("Cette mesure n’est plus dans la feuille de route.")}

    class Meta:
        icon = "tasks"
        label = _("État d’une mesure")
        group = _GROUP
        template = "pages/blocks/measure.html"
        description = _("L’état d’une mesure de la feuille de route, d’après son dernier bilan.")


class ChartBlock(LiveBlock):
    """A series of the observatory as a chart, with its sentence and its source."""

    def get_preview_value(self) -> Any:
        series = next((slug for slug, _words in observatory.series_choices()), "")
        return self.normalize({"series": series, "legend": ""})

    series = blocks.ChoiceBlock(
        label=_("Série de l’observatoire"),
        choices=observatory.series_choices,
        widget=forms.Select(attrs={"data-chart-choice": "/observatoire/series/SERIE.svg"}),
    )
    legend = blocks.CharBlock(label=_("Ce qu’il faut en retenir"), max_length=300, required=False)

    def read(self, value: Any) -> Context:
        chart = observatory.series_chart(str(value.get("series") or ""))
        return {"chart": chart, "missing": "" if chart else _("Cette série n’est plus dans l’observatoire.")}

    class Meta:
        icon = "history"
        label = _("Graphique")
        group = _GROUP
        template = "pages/blocks/chart.html"
        description = _("Une série d’enquêtes, dessinée, avec sa source. Elle se met à jour à la vague suivante.")
