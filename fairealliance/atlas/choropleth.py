"""One indicator, one level: everything its map says, ready to draw or to download."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.atlas import classes, shapes, svg
from fairealliance.atlas.asking import Choices, Marked
from fairealliance.atlas.classes import Classes, cut
from fairealliance.atlas.series import Place, Series, known_levels, per_inhabitant, series
from fairealliance.atlas.shapes import Shapes
from fairealliance.lib import geo
from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.text_fr import typeset
from fairealliance.provenance.models import Source
from fairealliance.territories.enums import IndicatorKind, Level, State
from fairealliance.territories.models import Indicator
from fairealliance.territories.words import level_count, level_name, level_plural

WORD, OTHER = "r6", "r1"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend."""

    tone: str
    text: str
    count: int


@dataclass(frozen=True)
class Atlas:
    """`words`: for an indicator in words, each with its number of territories, the most frequent first."""

    indicator: Indicator
    level: Level
    choices: Choices
    marked: Marked
    series: Series
    classes: Classes
    levels: dict[Level, int]
    words: tuple[tuple[str, int], ...]

    @property
    def plural(self) -> str:
        return level_plural(self.level)

    @property
    def is_words(self) -> bool:
        return self.indicator.kind != IndicatorKind.NUMBER

    @property
    def is_empty(self) -> bool:
        return not self.series.known and not self.words

    @property
    def is_circles(self) -> bool:
        """Counts are drawn as circles: shading a territory by a count would show its size."""
        return self.indicator.additive and not self.choices.per and self.level != Level.COMMUNE

    @cached_property
    def word(self) -> str:
        """The word shown: the one asked for, else the most frequent."""
        names = [name for name, _count in self.words]
        return self.choices.word if self.choices.word in names else (names[0] if names else "")

    @cached_property
    def shapes(self) -> Shapes | None:
        return None if self.level == Level.COMMUNE else shapes.of(self.level)

    @cached_property
    def tone_of(self) -> Callable[[Place], str]:
        if not self.is_words:
            return svg.tone_of(self.classes)
        return self._tone_of_word

    def _tone_of_word(self, place: Place) -> str:
        if place.state != State.KNOWN:
            return svg.ABSENT.get(State(place.state), "missing")
        return WORD if place.text == self.word else OTHER

    def told(self, place: Place, *, with_unit: bool = True) -> str:
        """What a place's figure is, in words."""
        if place.number is not None:
            return typeset((self.series.told if with_unit else self.series.bare)(place.number))
        return place.text or str(State(place.state).label)

    def drawing(self, *, linked: bool) -> str:
        """The inside of the map."""
        tell, drawn = self._tell, self._drawn
        if self.shapes is None:
            body = svg.dots_map(drawn, self.tone_of)
        elif self.is_circles:
            body = svg.circles_map(drawn, self.tone_of, self.shapes.only(drawn.by_pk), tell, linked=linked)
        else:
            body = svg.shapes_map(drawn, self.tone_of, self.shapes, tell, linked=linked)
        names = {pk: place.name for pk, place in self.series.by_pk.items()} if self.marked.own else {}
        around = svg.marks(self.marked, self.shapes, names)
        return svg.PATTERNS + svg.frames(self.insets) + body + around

    @cached_property
    def insets(self) -> list[geo.Inset]:
        """Of overseas, the boxes where something is drawn or known: a row of empty boxes would tell nothing."""
        known = {place.pk for place in self.series.places if place.state == State.KNOWN}
        return [inset for inset in geo.INSETS if not self._inside(inset).isdisjoint(known | self._outlined)]

    @cached_property
    def _drawn(self) -> Series:
        """Without what lies in the boxes left out: dots without a frame would be nowhere."""
        shown = {inset.slug for inset in self.insets}
        hidden = {pk for slug, pks in self._by_inset.items() if slug not in shown for pk in pks}
        places = tuple(place for place in self.series.places if place.pk not in hidden)
        return replace(self.series, places=places) if hidden else self.series

    @property
    def off_map(self) -> str:
        """Names of the boxes left out, said under the map."""
        left = [inset for inset in geo.INSETS if inset not in self.insets and self._inside(inset)]
        names = ", ".join(inset.name for inset in left)
        return typeset(_("Hors de la carte, faute de chiffre : %s.") % names) if left else ""

    @cached_property
    def _outlined(self) -> set[int]:
        return {pk for pk, shape in self.shapes.by_pk.items() if shape.is_contour} if self.shapes else set()

    def _inside(self, inset: geo.Inset) -> set[int]:
        return self._by_inset.get(inset.slug, set())

    @cached_property
    def _by_inset(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for place in self.series.places:
            if place.latitude is not None and place.longitude is not None:
                spot = geo.project(place.latitude, place.longitude)
                if spot and spot[2] != geo.MAINLAND:
                    found.setdefault(spot[2], set()).add(place.pk)
        return found

    @property
    def view_box(self) -> str:
        return svg.view_box(self.insets)

    def _tell(self, place: Place) -> str:
        return f"{place.name} : {self.told(place)}"

    @property
    def title(self) -> str:
        words = {"label": self.indicator.label, "what": level_name(self.level)}
        if self.choices.per:
            return _("%(label)s pour 1 000 habitants, par %(what)s") % words
        return _("%(label)s, par %(what)s") % words

    @cached_property
    def sentence(self) -> str:
        """What the map shows, for who does not see it."""
        known = self.series.known
        if self.is_words:
            return self._sentence_of_word() if self.words else ""
        if not known:
            return ""
        half = known[len(known) // 2].number or 0.0
        words = {
            "low": self.series.told(known[0].number or 0.0),
            "lowest": known[0].name,
            "high": self.series.told(known[-1].number or 0.0),
            "highest": known[-1].name,
            "half": self.series.told(half),
            "places": level_count(self.level, len(known)),
        }
        if len(known) == 1:
            return typeset(_("Un seul chiffre est connu : %(low)s (%(lowest)s).") % words)
        told = _("De %(low)s (%(lowest)s) à %(high)s (%(highest)s) ; la moitié des %(places)s sont sous %(half)s.")
        return typeset(told % words)

    def _sentence_of_word(self) -> str:
        counts = dict(self.words)
        words = {
            "word": self.word,
            "places": level_count(self.level, counts[self.word]),
            "total": format_number(sum(counts.values())),
        }
        return typeset(_("« %(word)s » : %(places)s sur %(total)s.") % words)

    @cached_property
    def legend(self) -> list[Entry]:
        entries = self._word_entries() if self.is_words else self._class_entries()
        absent = self.series.absent
        words = {
            State.UNAVAILABLE: _("non disponible"),
            State.SECRET: _("secret statistique"),
            State.NOT_APPLICABLE: _("sans objet"),
        }
        return entries + [Entry(svg.ABSENT[state], words[state], absent[state]) for state in words if absent.get(state)]

    def _class_entries(self) -> list[Entry]:
        bounds, bare = self.classes.bounds, self.series.bare
        last = self.classes.number - 1
        entries = []
        for index, count in enumerate(self.classes.counts):
            words = {"low": bare(bounds[index]), "high": bare(bounds[index + 1])}
            text = _("de %(low)s à moins de %(high)s") if index < last else _("de %(low)s à %(high)s")
            entries.append(Entry(f"r{self.classes.tone(index)}", typeset(text % words), count))
        return entries

    def _word_entries(self) -> list[Entry]:
        if not self.words:
            return []
        counts = dict(self.words)
        others = sum(counts.values()) - counts[self.word]
        return [Entry(WORD, self.word, counts[self.word]), Entry(OTHER, _("autre"), others)]

    @property
    def explained(self) -> str:
        """How the classes were made, and what is summed."""
        told = classes.explained(self.classes, len(self.series.known), self.plural) if not self.is_words else ""
        if self.is_circles:
            drawn = _("La surface de chaque cercle est en proportion du nombre ; sa teinte en dit la classe.")
            told = f"{drawn} {told}"
        return typeset(told)

    @property
    def summed(self) -> str:
        if not self.series.summed:
            return ""
        told = ngettext(
            "Pour %(places)s, le chiffre est la somme de celui de ses communes.",
            "Pour %(places)s, le chiffre est la somme de celui de leurs communes.",
            self.series.summed,
        )
        return typeset(told % {"places": level_count(self.level, self.series.summed)})

    @property
    def no_value(self) -> str:
        """Why nothing can be shown at this level."""
        words = {"label": self.indicator.label, "plural": self.plural}
        if self.is_words:
            told = _("« %(label)s » se lit commune par commune : il n’y en a pas pour les %(plural)s.")
        elif self.indicator.additive:
            told = _("« %(label)s » n’est pas connu pour assez de communes pour en faire la somme par %(plural)s.")
        else:
            told = _(
                "« %(label)s » n’a pas de chiffre officiel pour les %(plural)s. Une médiane ou un taux de communes ne"
                " s’additionne pas : nous n’en inventons pas."
            )
        return typeset(told % words)

    @property
    def sources(self) -> list[Source]:
        """Of the figures, then of the contours."""
        return [self.indicator.source, *(self.shapes.sources if self.shapes else ())]


def atlas(indicator: Indicator, level: Level, wanted: Choices, marked: Marked) -> Atlas:
    """Reads and classes what is known."""
    found = series(indicator, level)
    if wanted.per and indicator.additive:
        found = per_inhabitant(found)
    counts = Counter(place.text for place in found.places if place.text)
    values = [place.number or 0.0 for place in found.known]
    return Atlas(
        indicator=indicator,
        level=level,
        choices=wanted,
        marked=marked,
        series=found,
        classes=cut(values, wanted.method, wanted.number),
        levels=known_levels().get(indicator.pk, {}),
        words=tuple(counts.most_common()) if indicator.kind != IndicatorKind.NUMBER else (),
    )
