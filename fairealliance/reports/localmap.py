"""The territory drawn near: its communes, those of the hardest quarter of France filled."""

from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.atlas import drawing, shapes
from fairealliance.atlas.models import Contour
from fairealliance.lib import geo
from fairealliance.lib.text_fr import typeset
from fairealliance.reports.report import Measured
from fairealliance.reports.spread import spreads
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory
from fairealliance.territories.words import of_name

SIDE = 600
_MARGIN = 24
_NAMES = 4


@dataclass(frozen=True, slots=True)
class LocalMap:
    """An SVG drawing, and the sentence that says what it shows."""

    svg: str
    title: str
    sentence: str
    has_contour: bool


_Spot = tuple[float, float]


def local_map(territory: Territory, first: Measured | None) -> LocalMap | None:
    """Communes of the territory, by what the first fragility says of each; two queries. None without positions."""
    rows = Territory.objects.within(territory).filter(
        level=Level.COMMUNE, latitude__isnull=False, longitude__isnull=False
    )
    communes = list(rows.order_by("-population", "pk").values_list("pk", "name", "latitude", "longitude", "population"))
    placed = [(pk, name, spot) for pk, name, lat, lon, _p in communes if (spot := _spot(lat, lon))]
    if not placed:
        return None
    contour = Contour.objects.filter(territory=territory).first()
    spread = spreads().get(first.slug) if first else None
    frame = _Frame([spot for _pk, _name, spot in placed], contour)
    groups: dict[str, list[_Spot]] = {"hard": [], "soft": [], "unknown": []}
    for pk, _name, spot in placed:
        kind = "soft" if spread is None or (pk in spread.known and pk not in spread.hard) else "hard"
        groups["unknown" if spread and pk not in spread.known else kind].append(frame.at(spot))
    named = _apart([(name, frame.at(spot)) for _pk, name, spot in placed[: 2 * _NAMES]])[:_NAMES]
    return LocalMap(
        svg=_svg(groups, named, frame, contour),
        title=typeset(_title(territory, first)),
        sentence=typeset(_sentence(groups, first)),
        has_contour=contour is not None,
    )


def _apart(names: list[tuple[str, _Spot]]) -> list[tuple[str, _Spot]]:
    """The names that can be written without one hiding another, the first ones first."""
    kept: list[tuple[str, _Spot]] = []
    for name, (x, y) in names:
        if all(
            abs(y - other_y) > 30 or abs(x - other_x) > 9 * (len(name) + len(other))
            for other, (other_x, other_y) in kept
        ):
            kept.append((name, (x, y)))
    return kept


def _title(territory: Territory, first: Measured | None) -> str:
    if first is None:
        return _("Les communes %s") % of_name(territory.name, territory.article)
    return _("%(label)s : les communes à %(limit)s") % {"label": first.label, "limit": first.threshold}


def _sentence(groups: dict[str, list[_Spot]], first: Measured | None) -> str:
    total = sum(len(spots) for spots in groups.values())
    if first is None:
        return ngettext("%s commune, à sa place.", "%s communes, chacune à sa place.", total) % total
    words = {"hard": len(groups["hard"]), "known": total - len(groups["unknown"]), "unknown": len(groups["unknown"])}
    told = _filled(words["hard"], words["known"])
    if groups["unknown"]:
        told += ngettext(
            " Petits traits : %(unknown)s commune sans chiffre publié.",
            " Petits traits : %(unknown)s communes sans chiffre publié.",
            words["unknown"],
        )
    return told % words


def _filled(hard: int, known: int) -> str:
    """Which of the communes whose figure is known are filled."""
    if known < 2:
        return (
            _("Disque plein : la seule commune dont le chiffre est connu.")
            if hard
            else _("Cercle clair : la seule commune dont le chiffre est connu.")
        )
    return ngettext(
        "Disques pleins : %(hard)s commune sur les %(known)s dont le chiffre est connu. Cercles clairs : les autres.",
        "Disques pleins : %(hard)s communes sur les %(known)s dont le chiffre est connu. Cercles clairs : les autres.",
        hard,
    )


def _spot(latitude: float | None, longitude: float | None) -> _Spot | None:
    place = geo.project(latitude or 0.0, longitude or 0.0)
    return (place[0], place[1]) if place else None


class _Frame:
    """Brings the drawing of France to one territory, 600 wide."""

    def __init__(self, spots: list[_Spot], contour: Contour | None) -> None:
        xs, ys = [x for x, _y in spots], [y for _x, y in spots]
        if contour:
            xs += [contour.left / drawing.GRID, contour.right / drawing.GRID]
            ys += [contour.top / drawing.GRID, contour.bottom / drawing.GRID]
        self.left, self.top = min(xs), min(ys)
        width, height = max(xs) - self.left, max(ys) - self.top
        self.scale = (SIDE - 2 * _MARGIN) / max(width, height, 1e-6)
        self.width = round(width * self.scale + 2 * _MARGIN)
        self.height = round(height * self.scale + 2 * _MARGIN)

    def at(self, spot: _Spot) -> _Spot:
        x, y = spot
        return round((x - self.left) * self.scale + _MARGIN, 1), round((y - self.top) * self.scale + _MARGIN, 1)


def _svg(groups: dict[str, list[_Spot]], named: list[tuple[str, _Spot]], frame: _Frame, contour: Contour | None) -> str:
    count = sum(len(spots) for spots in groups.values())
    r = max(2.0, min(9.0, 75 / count**0.5))
    parts = []
    if contour:
        scale = frame.scale / drawing.GRID
        x, y = _MARGIN - frame.left * frame.scale, _MARGIN - frame.top * frame.scale
        parts.append(
            f'<path d="{contour.path}" transform="translate({x:.2f} {y:.2f}) scale({scale:.5f})" fill="#f3ede2"'
            f' stroke="#1d2433" stroke-width="{1.4 / scale:.2f}" stroke-linejoin="round"/>'
        )
    parts += [
        f'<path d="M{x - r / 2:.1f} {y}h{r:.1f}" stroke="#56607a" stroke-width="1"/>' for x, y in groups["unknown"]
    ]
    parts += [
        f'<circle cx="{x}" cy="{y}" r="{r:.1f}" fill="#fbf8f3" stroke="#56607a" stroke-width="1"/>'
        for x, y in groups["soft"]
    ]
    parts += [f'<circle cx="{x}" cy="{y}" r="{r + 0.6:.1f}" fill="#3c1b4f"/>' for x, y in groups["hard"]]
    parts += [_name(name, spot, frame, r) for name, spot in named]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}"'
        f' width="{frame.width}" height="{frame.height}">{"".join(parts)}</svg>'
    )


def _name(name: str, spot: _Spot, frame: _Frame, r: float) -> str:
    is_right = spot[0] < frame.width * 0.6
    x, anchor = (spot[0] + r + 4, "start") if is_right else (spot[0] - r - 4, "end")
    place = f'x="{x:.1f}" y="{spot[1] + 5:.1f}" text-anchor="{anchor}"'
    look = 'font-family="\'Liberation Sans\',Libertinus Serif,Arial,sans-serif" font-size="16" font-weight="700"'
    halo = 'fill="none" stroke="#fbf8f3" stroke-width="7" stroke-linejoin="round"'
    told = escape(name)
    return f'<text {place} {look} {halo}>{told}</text><text {place} {look} fill="#1d2433">{told}</text>'


def country_map(territory: Territory) -> str:
    """Where it is in France: dots of the country, the territory in strong. Classes are for the page, in the dark."""
    level = Level(territory.level)
    drawn = shapes.of(level)
    own = drawn.by_pk.get(territory.pk)
    ground = "".join(
        f'<path d="{shape.path}" {_ground(shape.is_contour)}/>'
        for pk, shape in drawn.by_pk.items()
        if pk != territory.pk
    )
    mark = f'<path d="{own.path}" {_strong(own.is_contour)}/>' if own else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2000 1710" width="400" height="342">{ground}{mark}</svg>'
    )


def _ground(is_contour: bool) -> str:
    if is_contour:
        return 'class="land" fill="#f3ede2" stroke="#8a8577" stroke-width="2"'
    return 'fill="none" stroke="#dcd5c7" stroke-width="6" stroke-linecap="round"'


def _strong(is_contour: bool) -> str:
    if is_contour:
        return 'class="own land" fill="#3c1b4f" stroke="#3c1b4f" stroke-width="3"'
    return 'class="own" fill="none" stroke="#3c1b4f" stroke-width="9" stroke-linecap="round"'
