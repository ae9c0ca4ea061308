"""What a territorial report says, whatever it is read on. Everything here is words and numbers, nothing is drawn."""

from dataclasses import dataclass
from datetime import datetime

from fairealliance.sheets.sheet import Line
from fairealliance.territories.comparable import Neighbour
from fairealliance.territories.models import Territory
from fairealliance.territories.portrait import Figure

SAME = 3
"""Within this many points, two shares are called the same."""


@dataclass(frozen=True, slots=True)
class Note:
    """Where something comes from."""

    label: str
    url: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the inhabitants, told: `« Rural à habitat dispersé » : 12 %`."""

    label: str
    share: float


@dataclass(frozen=True, slots=True)
class Profile:
    """`holds`: how many of each level, in words. `kinds`: title, parts, source, of what is read commune by commune."""

    facts: list[tuple[str, str]]
    largest: list[tuple[str, str, int | None]]
    kinds: list[tuple[str, list[Part], Note]]
    figures: list[Figure]
    unknown: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Measured:
    """A fragility. `share` of the inhabitants live in a commune of the hardest quarter of France (`reference`, a
    quarter of all inhabitants by construction); `alike` is the median of comparable territories, `covered` the share
    of inhabitants whose commune has a figure."""

    slug: str
    label: str
    share: float
    reference: float
    alike: float | None
    covered: float
    threshold: str
    sentence: str
    note: Note

    @property
    def gap(self) -> float:
        return self.share - self.reference

    @property
    def is_harder(self) -> bool:
        """Weighs more here than in France."""
        return round(self.gap * 100) > SAME

    @property
    def is_softer(self) -> bool:
        return round(self.gap * 100) < -SAME


@dataclass(frozen=True, slots=True)
class Answer:
    """What part of those asked said so; `width` of its bar, in percent of the scale."""

    text: str
    value: str
    width: float | None
    differs: str = ""


@dataclass(frozen=True, slots=True)
class Perceived:
    """What one kind of actor said. `is_here`: asked of this territory, or of one that holds it."""

    actor: str
    sphere: str
    question: str
    place: str
    is_here: bool
    when: str
    answers: list[Answer]
    note: Note
    url: str


@dataclass(frozen=True, slots=True)
class Count:
    """So many of something here; `rate` for 100 000 inhabitants, beside that of all France."""

    label: str
    number: int
    rate: float | None
    france: float | None
    href: str


@dataclass(frozen=True, slots=True)
class Case:
    title: str
    url: str
    place: str
    year: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject with how many cases here, and how many among comparable territories."""

    name: str
    here: int
    alike: int
    href: str


@dataclass(frozen=True, slots=True)
class Alliances:
    """`is_ready` is false when the index cannot answer: then nothing is said, rather than zero."""

    is_ready: bool
    counts: list[Count]
    spheres: list[tuple[str, str, int]]
    themes: list[Theme]
    gaps: list[Theme]
    silent: list[str]
    cases: list[Case]
    elsewhere: list[Case]
    helpers: tuple[Line, ...]
    invented: int
    """How many invented things are shown about this place elsewhere on the site, and left out here."""


@dataclass(frozen=True, slots=True)
class Report:
    """A territorial report, dated. `what`: département, métropole…"""

    territory: Territory
    what: str
    of_name: str
    lead: str
    profile: Profile
    measured: list[Measured]
    unmeasured: list[str]
    perceived: list[Perceived]
    alliances: Alliances
    alike: list[Neighbour]
    compared_on: list[str]
    questions: list[str]
    made_at: datetime
