"""Two indicators of the same territories, crossed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from fairealliance.atlas import asking
from fairealliance.atlas.asking import Marked, Refused
from fairealliance.atlas.ranks import Correlation, spearman, told
from fairealliance.atlas.series import LEVELS, Place, Series, known_levels, series
from fairealliance.lib.text_fr import fold, typeset
from fairealliance.territories.enums import IndicatorKind, Level
from fairealliance.territories.models import Indicator
from fairealliance.territories.words import level_plural


@dataclass(frozen=True, slots=True)
class Pair:
    """A territory with its two figures."""

    place: Place
    x: float
    y: float


@dataclass(frozen=True)
class Crossing:
    """`pairs`: the territories of which both figures are known. `left_out`: how many have only one, or none."""

    x: Indicator
    y: Indicator
    level: Level
    marked: Marked
    xs: Series
    ys: Series
    pairs: tuple[Pair, ...]

    @property
    def plural(self) -> str:
        return level_plural(self.level)

    @property
    def left_out(self) -> int:
        return len(self.xs.places) - len(self.pairs)

    @cached_property
    def correlation(self) -> Correlation:
        return spearman([pair.x for pair in self.pairs], [pair.y for pair in self.pairs])

    @property
    def title(self) -> str:
        return typeset(_("%(y)s et %(x)s") % {"x": self.x.label[:1].lower() + self.x.label[1:], "y": self.y.label})

    @property
    def sentence(self) -> str:
        return typeset(told(self.correlation, self.x.label, self.y.label, self.plural))

    @cached_property
    def by_pk(self) -> dict[int, Pair]:
        return {pair.place.pk: pair for pair in self.pairs}

    @property
    def own(self) -> Pair | None:
        return self.by_pk.get(self.marked.own.pk) if self.marked.own else None

    @property
    def alike(self) -> list[Pair]:
        return [self.by_pk[pk] for pk in self.marked.alike_ids if pk in self.by_pk]

    def ordered(self) -> list[Pair]:
        """For the table: the territory looked at, those like it, then all by name."""
        first = [each for each in (self.own, *self.alike) if each]
        held = {pair.place.pk for pair in first}
        rest = sorted(self.pairs, key=lambda pair: (fold(pair.place.name), pair.place.code))
        return first + [pair for pair in rest if pair.place.pk not in held]


def crossing(given: Mapping[str, str], indicators: Mapping[str, Indicator]) -> Crossing:
    """What the address asks for. Raises Refused."""
    x, y = (_indicator(given, name, indicators) for name in ("x", "y"))
    if x.pk == y.pk:
        raise Refused(_("Choisissez deux indicateurs différents : le même, croisé avec lui-même, ne dit rien."))
    levels = common(x, y)
    if not levels:
        words = {"x": x.label, "y": y.label}
        raise Refused(_("« %(x)s » et « %(y)s » ne sont connus ensemble à aucun niveau.") % words)
    level = asking.level_of(given, levels[-1])
    if level not in levels:
        words = {"plural": level_plural(level), "possible": ", ".join(level_plural(each) for each in levels)}
        raise Refused(
            _("Les deux chiffres ne sont pas connus ensemble pour les %(plural)s. Possible : %(possible)s.") % words
        )
    xs, ys = series(x, level), series(y, level)
    pairs = tuple(
        Pair(one, one.number, two.number)
        for one in xs.places
        if one.number is not None and (two := ys.by_pk.get(one.pk)) and two.number is not None
    )
    return Crossing(x, y, level, asking.marked(given, level), xs, ys, pairs)


def common(x: Indicator, y: Indicator) -> list[Level]:
    """The levels at which both are known, the widest first."""
    known = known_levels()
    return [level for level in LEVELS if level in known.get(x.pk, {}) and level in known.get(y.pk, {})]


def crossable(indicators: Mapping[str, Indicator]) -> list[Indicator]:
    """Those that are numbers, known somewhere."""
    known = known_levels()
    return [each for each in indicators.values() if each.kind == IndicatorKind.NUMBER and each.pk in known]


def _indicator(given: Mapping[str, str], name: str, indicators: Mapping[str, Indicator]) -> Indicator:
    slug = given.get(name, "").strip()
    found = indicators.get(slug)
    if not slug:
        raise Refused(_("Il faut deux indicateurs, « x » et « y » : choisissez-les dans les listes."))
    if found is None:
        raise Refused(_("Nous n’avons pas d’indicateur « %s » : choisissez-le dans la liste.") % slug[:60])
    if found.kind != IndicatorKind.NUMBER:
        raise Refused(_("« %s » se lit en mots, non en nombres : il ne se croise pas ainsi.") % found.label)
    return found
