"""What is known of a territory: figures with their source and state, and its place among those like it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.translation import gettext as _

from fairealliance.design.charts import Strip, strip
from fairealliance.lib.text_fr import typeset
from fairealliance.provenance.models import Source
from fairealliance.territories.comparable import Neighbour
from fairealliance.territories.enums import IndicatorKind, Level, State
from fairealliance.territories.models import Indicator, Territory, Value
from fairealliance.territories.words import note_of_sum

# Under this many, a rank says nothing.
_RANKED = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator for one territory: a value, or the reason why there is none, always with its source.

    `note` says in words whatever one must know: a sum and of how many, why nothing is shown. `place` is the
    rank among comparable territories, in words, empty when it cannot be told.
    """

    slug: str
    label: str
    unit: str
    decimals: int
    theme: str
    state: str
    value: float | None
    text: str
    note: str
    reading: str
    source: str
    source_url: str
    licence: str
    vintage: str
    additive: bool
    rank: str = ""

    @property
    def place(self) -> str:
        """What stands under the label in the table."""
        return typeset(" · ".join(part for part in (self.note, self.rank) if part))


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure's strip among comparable territories, and the sentence that says it."""

    strip: Strip
    title: str
    source: str
    vintage: str


def figures(territory: Territory) -> list[Figure]:
    """Every indicator, in order; two queries."""
    values = {value.indicator_id: value for value in territory.values.order_by()}
    indicators = Indicator.objects.select_related("source").order_by("order", "slug")
    return [_figure(territory, indicator, values.get(indicator.pk)) for indicator in indicators]


def by_theme(found: Sequence[Figure]) -> list[tuple[str, list[Figure]]]:
    """Figures under their theme, themes in the order of their first figure."""
    order = {figure.theme: i for i, figure in reversed(list(enumerate(found)))}
    ordered = sorted(found, key=lambda figure: order[figure.theme])
    return [(theme, list(group)) for theme, group in groupby(ordered, key=lambda figure: figure.theme)]


def sources_of(found: Sequence[Figure]) -> list[Source]:
    """The sources of the figures shown and of the positions, for attribution."""
    slugs = {figure.slug for figure in found}
    points = Source.objects.filter(slug="geonames")
    return list((Source.objects.filter(indicators__slug__in=slugs).distinct() | points.distinct()).order_by("label"))


def placed(
    territory: Territory, found: Sequence[Figure], neighbours: Sequence[Neighbour]
) -> tuple[list[Figure], list[Placed]]:
    """The figures with their rank among comparable territories, and the strips worth drawing; one query."""
    numeric = {figure.slug: figure for figure in found if figure.value is not None}
    names = {neighbour.territory_id: neighbour.name for neighbour in neighbours}
    rows = (
        Value.objects.filter(territory_id__in=names, indicator__slug__in=numeric, number__isnull=False)
        .order_by("territory_id")
        .values_list("indicator__slug", "territory_id", "number")
    )
    others: dict[str, list[tuple[str, float]]] = {}
    for slug, pk, number in rows:
        others.setdefault(slug, []).append((names[pk], number or 0.0))
    ranked = [_with_rank(figure, others.get(figure.slug, [])) for figure in found]
    # Comparable territories are of like size: a count says little of them, a rate or a median much.
    drawn = [figure for figure in numeric.values() if not figure.additive] or list(numeric.values())
    strips = (_strip(territory, figure, others.get(figure.slug, [])) for figure in drawn)
    return ranked, [item for item in strips if item]


def _figure(territory: Territory, indicator: Indicator, value: Value | None) -> Figure:
    state = value.state if value else _absent_state(territory, indicator)
    number = value.number if value and value.state == State.KNOWN else None
    text = value.text if value and value.state == State.KNOWN else ""
    if indicator.kind == IndicatorKind.FLAG and number is not None:
        number, text = None, _("oui") if number else _("non")
    source = indicator.source
    return Figure(
        slug=indicator.slug,
        label=indicator.label,
        unit=indicator.unit,
        decimals=indicator.decimals,
        theme=indicator.theme,
        state=str(state),
        value=number,
        text=text,
        note=_note(territory, indicator, value),
        reading=indicator.reading,
        source=source.producer or source.label,
        source_url=source.url,
        licence=source.licence,
        vintage=indicator.vintage,
        additive=indicator.additive,
    )


def _absent_state(territory: Territory, indicator: Indicator) -> str:
    by_commune = indicator.kind != IndicatorKind.NUMBER and territory.level != Level.COMMUNE
    return State.NOT_APPLICABLE if by_commune else State.UNAVAILABLE


def _note(territory: Territory, indicator: Indicator, value: Value | None) -> str:
    """Why nothing is shown, or of what a sum is made."""
    if value is not None and value.parts_total is not None:
        return note_of_sum(value.parts_known or 0, value.parts_total, is_summed=value.state == State.KNOWN)
    if value is not None:
        return {
            State.SECRET: _("trop peu de monde pour publier ce chiffre sans dévoiler de vies privées"),
            State.KNOWN: "",
        }.get(State(value.state), "")
    if territory.level == Level.COMMUNE:
        return _("la source ne dit rien de cette commune")
    if indicator.kind != IndicatorKind.NUMBER:
        return _("se lit commune par commune")
    if not indicator.additive:
        return _("pas de chiffre officiel à cette échelle, et celui des communes ne s’additionne pas")
    return _("la source ne dit rien de ce territoire")


def _with_rank(figure: Figure, others: list[tuple[str, float]]) -> Figure:
    if figure.value is None or len(others) < _RANKED:
        return figure
    above = sum(value > figure.value for _name, value in others)
    below = sum(value < figure.value for _name, value in others)
    words = {"n": above + 1, "total": len(others) + 1}
    if above == below == 0:
        rank = _("le même chez %(total)s territoires comparables") % words
    elif above == 0:
        rank = _("le plus élevé de %(total)s territoires comparables") % words
    elif below == 0:
        rank = _("le plus bas de %(total)s territoires comparables") % words
    else:
        rank = _("%(n)se plus élevé de %(total)s territoires comparables") % words
    return replace(figure, rank=rank)


def _strip(territory: Territory, figure: Figure, others: list[tuple[str, float]]) -> Placed | None:
    if figure.value is None or len(others) < _RANKED:
        return None
    drawn = strip((territory.name, figure.value), others, unit=figure.unit, decimals=figure.decimals)
    if drawn is None:
        return None
    above = len(others) - drawn.below - sum(value == figure.value for _name, value in others)
    words = {"label": figure.label, "below": drawn.below, "above": above, "name": territory.name}
    title = _("%(label)s : %(below)s territoires comparables sont en dessous de %(name)s, %(above)s au-dessus") % words
    return Placed(drawn, typeset(title), figure.source, figure.vintage)
