"""Do alliances last, as the observatory tells it: a sentence, a chart, rows for files."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fairealliance.design.plots import Bar, Bars, Words
from fairealliance.introductions.durability import LEAST, Row, Told
from fairealliance.introductions.enums import Cut
from fairealliance.lib.french_numbers import format_number
from fairealliance.territories.enums import State

HEADER = ("mois", "selon", "valeur", "etat", "alliances", "vivantes", "avis_partages")
SOURCE = gettext_lazy("les réponses des organisations elles-mêmes, 3, 12 et 24 mois après le début de leur alliance")
AGES = {3: gettext_lazy("trois mois"), 12: gettext_lazy("un an"), 24: gettext_lazy("deux ans")}


def title() -> str:
    return _("Les alliances durent-elles ?")


def sentence_of(told: Told) -> str:
    """What the chart shows; without any answer, when the first will come."""
    if told.latest is None:
        return _(
            "Aucune alliance n’a encore donné de nouvelles : la première question vient trois mois après son début."
        )
    return capfirst(" ; ".join(_part(months, rows) for months, rows in told.rows.items())) + "."


def _part(months: int, rows: list[Row]) -> str:
    words: dict[str, object] = {"age": AGES[months]}
    if not rows:
        return _("%(age)s après, pas encore de réponse") % words
    whole = rows[0]
    if whole.state != State.KNOWN:
        return _("%(age)s après, trop peu de réponses pour un chiffre") % words
    words |= {"percent": whole.percent, "count": format_number(whole.alliances)}
    said = _("%(age)s après, %(percent)s %% des %(count)s alliances dont on a des nouvelles vivent")
    return said % words


def plot_of(told: Told) -> Bars:
    """All of each age, and how they came to be."""
    words = Words(
        title=title(),
        sentence=sentence_of(told),
        subtitle=_("Part des alliances dont aucun côté ne dit qu’elle s’est arrêtée"),
        source=_("Source : %s") % SOURCE,
        notes=(_("Moins de %d alliances : secret statistique.") % LEAST,),
    )
    return Bars(words, tuple(bar for months, rows in told.rows.items() for bar in _bars(months, rows)))


def _bars(months: int, rows: list[Row]) -> Iterator[Bar]:
    label = capfirst(_("%s après") % AGES[months])
    if not rows:
        yield Bar(label, None)
        return
    yield _bar(label, rows[0], inside=0)
    yield from (_bar(capfirst(row.label), row, inside=1) for row in rows if row.cut == Cut.ROUTE)


def _bar(label: str, row: Row, *, inside: int) -> Bar:
    if row.state != State.KNOWN:
        return Bar(label, None, said=_("secret"), inside=inside, secret=True)
    note = ngettext("%s alliance", "%s alliances", row.alliances) % format_number(row.alliances)
    return Bar(label, row.percent, note=note, inside=inside)


def table_of(told: Told) -> Iterator[tuple[str | int | None, ...]]:
    """One line per age, cut and value; what is secret is left empty, and says so."""
    for months, rows in told.rows.items():
        for row in rows:
            figures = (row.alliances, row.alive, row.divided) if row.state == State.KNOWN else (None,) * 3
            yield (months, str(row.cut.label), row.label, row.state.value, *figures)
