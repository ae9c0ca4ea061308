"""Figures as readers see them: all that the sources tell of one answer by the same people, and whether they agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.lib.french_numbers import format_number
from fairealliance.observatory.enums import ActorKind, Sign, Unit
from fairealliance.observatory.models import Question, Result

NO_BREAK = "\u00a0"
_LONG = {
    Sign.LESS: gettext_lazy("moins de %s"),
    Sign.MORE: gettext_lazy("plus de %s"),
    Sign.ABOUT: gettext_lazy("environ %s"),
}
_SHORT = {Sign.LESS: "< ", Sign.MORE: "> ", Sign.ABOUT: "≈ ", Sign.EXACT: ""}


@dataclass(frozen=True, slots=True)
class Figure:
    """One answer, by the same people, as one or several sources tell it; `tellings` has at least one."""

    tellings: tuple[Result, ...]
    unit: Unit

    @property
    def first(self) -> Result:
        return self.tellings[0]

    @property
    def low(self) -> float | None:
        values = self._values()
        return float(min(values)) if values else None

    @property
    def high(self) -> float | None:
        """None when the sources agree."""
        values = self._values()
        return float(max(values)) if len(set(values)) > 1 else None

    @property
    def is_secret(self) -> bool:
        """Known, and too small to be told by whoever knows it."""
        return not self._values() and any(result.secret for result in self.tellings)

    @property
    def who(self) -> str:
        """`responsables associatifs (associations employeuses)`."""
        label = str(ActorKind(self.first.actor).label)
        return f"{label} ({self.first.subgroup})" if self.first.subgroup else label

    @property
    def words(self) -> str:
        """`81 %`, `moins de 30 %`, `84 % ou 86 %`, `non connu`."""
        words = dict.fromkeys(figure_words(result, self.unit) for result in self.tellings)
        return _(" ou ").join(words) if len(words) > 1 else next(iter(words))

    @property
    def short(self) -> str:
        """For a chart: `84 ou 86 %`."""
        pairs = dict.fromkeys((result.share, result.sign) for result in self.tellings if result.share is not None)
        if not pairs:
            return _("secret") if self.is_secret else _("non connu")
        listed = [_SHORT[Sign(sign)] + plain(share) for share, sign in sorted(pairs)]
        return _(" ou ").join(listed) + _unit_words(self.unit)

    @property
    def disagreements(self) -> list[str]:
        """In what the sources differ, in sentences; empty when they agree."""
        said = []
        if len({(result.share, result.sign) for result in self.tellings}) > 1:
            said.append(_("Les sources ne donnent pas le même chiffre : %s.") % self.words)
        if len({result.answer for result in self.tellings}) > 1:
            said.append(_("Les sources ne donnent pas le même sens à ce chiffre."))
        return said + [result.differs for result in self.tellings if result.differs]

    def _values(self) -> list[Decimal]:
        return [result.share for result in self.tellings if result.share is not None]


def figures_of(question: Question, results: Iterable[Result] | None = None) -> list[Figure]:
    """In the order they were given; those of one answer, actor, group and territory together."""
    groups: dict[tuple[object, ...], list[Result]] = {}
    for result in question.results.all() if results is None else results:
        key = (result.code, result.actor, result.subgroup, result.territory_id)
        groups.setdefault(key, []).append(result)
    return [Figure(tuple(tellings), Unit(question.unit)) for tellings in groups.values()]


def figure_words(result: Result, unit: Unit) -> str:
    """What one source says."""
    if result.secret:
        return _("secret statistique")
    if result.share is None:
        return _("non connu")
    told = plain(result.share) + _unit_words(unit)
    sign = Sign(result.sign)
    return str(_LONG[sign]) % told if sign in _LONG else told


def plain(share: Decimal) -> str:
    """84.00 → `84`, 7.10 → `7,1`."""
    places = -int(share.normalize().as_tuple().exponent)
    return format_number(share, max(0, places))


def _unit_words(unit: Unit) -> str:
    return f"{NO_BREAK}%" if unit == Unit.PERCENT else f"{NO_BREAK}/{NO_BREAK}10"
