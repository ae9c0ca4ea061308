"""What the address of a map or a cloud asks for. What cannot be read is refused with what would do instead."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fairealliance.atlas.classes import FEWEST, METHODS, MOST, QUANTILES, USUAL
from fairealliance.atlas.series import LEVELS
from fairealliance.territories.autocomplete import Suggestion, resolve_text
from fairealliance.territories.comparable import Neighbour, nearest
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory
from fairealliance.territories.words import level_name, level_plural

ALIKE = 8
FORMATS = ("csv", "json", "xlsx", "svg")
USUAL_SORT = "-valeur"
SORTS = ("valeur", "-valeur", "nom", "-nom", "habitants", "-habitants")
_ORDER = {level: i for i, level in enumerate(LEVELS)}


class Refused(ValueError):
    """Something of the address means nothing; the message says what would."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The territory one looks at, at the level of the map, with those like it. `problem` when there is none."""

    text: str = ""
    asked: Territory | None = None
    own: Territory | None = None
    alike: tuple[Neighbour, ...] = ()
    problem: str = ""
    candidates: tuple[Suggestion, ...] = ()

    @property
    def ref(self) -> str:
        return self.asked.ref if self.asked else ""

    @property
    def alike_ids(self) -> list[int]:
        return [neighbour.territory_id for neighbour in self.alike]


@dataclass(frozen=True, slots=True)
class Choices:
    """How the map and its table are wanted."""

    method: str = QUANTILES
    number: int = USUAL
    per: bool = False
    sort: str = USUAL_SORT
    word: str = ""


def level_of(given: Mapping[str, str], usual: Level) -> Level:
    """The level asked for. Raises Refused."""
    asked = given.get("niveau", "").strip()
    if not asked:
        return usual
    if asked not in LEVELS:
        words = {"asked": asked[:40], "levels": ", ".join(LEVELS)}
        raise Refused(_("« %(asked)s » n’est pas un niveau de carte. Niveaux possibles : %(levels)s.") % words)
    return Level(asked)


def choices(given: Mapping[str, str]) -> Choices:
    """Raises Refused."""
    return Choices(
        method=_one_of(given, "methode", METHODS, QUANTILES),
        number=_count(given),
        per=_one_of(given, "par", ("", "habitants"), "") == "habitants",
        sort=_one_of(given, "tri", SORTS, USUAL_SORT),
        word=given.get("modalite", "")[:120],
    )


def marked(given: Mapping[str, str], level: Level) -> Marked:
    """The territory named in the address, brought to `level`; at most two queries."""
    text = given.get("territoire", "").strip()[:200]
    if not text:
        return Marked()
    found = resolve_text(text)
    if found.territory is None:
        if found.candidates:
            problem = _("Plusieurs territoires portent ce nom : lequel ?")
            return Marked(text, problem=problem, candidates=tuple(found.candidates))
        return Marked(text, problem=_("Nous ne connaissons pas de territoire « %s ».") % text[:60])
    asked = found.territory
    own = asked if asked.level == level else Territory.objects.containing(asked).filter(level=level).first()
    if own is None:
        words = {"name": asked.name, "what": level_name(level), "plural": level_plural(level)}
        problem = _("%(name)s n’est pas dans une seule %(what)s : la carte montre toutes les %(plural)s.") % words
        if _ORDER.get(Level(asked.level), -1) < _ORDER[level]:
            problem = _("%(name)s compte plusieurs %(plural)s : choisissez l’une d’elles, ou une commune.") % words
        return Marked(asked.name, asked, problem=problem)
    return Marked(asked.name, asked, own, tuple(nearest(own, limit=ALIKE)))


def _one_of(given: Mapping[str, str], name: str, possible: tuple[str, ...], usual: str) -> str:
    asked = given.get(name, usual)
    if asked not in possible:
        words = {"asked": asked[:40], "name": name, "possible": ", ".join(each for each in possible if each)}
        raise Refused(_("« %(asked)s » ne se comprend pas pour « %(name)s ». Possible : %(possible)s.") % words)
    return asked


def _count(given: Mapping[str, str]) -> int:
    asked = given.get("classes", "").strip()
    if not asked:
        return USUAL
    if not asked.isascii() or not asked.isdigit() or len(asked) > 2 or not FEWEST <= int(asked) <= MOST:
        words = {"asked": asked[:20], "low": FEWEST, "high": MOST}
        raise Refused(_("« %(asked)s » : une carte se lit de %(low)s à %(high)s classes.") % words)
    return int(asked)
