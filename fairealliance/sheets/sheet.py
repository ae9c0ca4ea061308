"""What an action sheet is made of. Plain values: they render as a page, a PDF or JSON, and can be kept."""

from dataclasses import dataclass, field

from fairealliance.sheets.filters import Filters


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where a line comes from. `label` is never empty: a line without a source says so in words."""

    label: str
    url: str = ""
    licence: str = ""
    vintage: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """The territory the sheet is about."""

    ref: str
    name: str
    level: str
    level_label: str
    url: str
    context: str = ""
    population: int | None = None
    population_year: int | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A goal or theme the challenge was read into, and the words that made us think so."""

    value: str
    label: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the hub holds, and why it stands here."""

    ref: str
    title: str
    url: str
    source: SourceNote
    reasons: tuple[str, ...]
    kicker: str = ""
    summary: str = ""
    place: str = ""
    km: float | None = None
    year: int | None = None
    spheres: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    is_demo: bool = False

    @property
    def kind(self) -> str:
        """practice, organisation, resource; anything else is a territory."""
        kind = self.ref.partition(":")[0]
        return kind if kind in ("practice", "organisation", "resource") else "territory"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the territory. `number` and `text` are empty unless `state` is known."""

    slug: str
    label: str
    state: str
    source: SourceNote
    number: float | None = None
    text: str = ""
    unit: str = ""
    decimals: int = 0
    reading: str = ""
    place: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one kind, and what we looked for without finding it."""

    slug: str
    title: str
    lines: tuple[Line, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do on Monday, with the people and places found for it."""

    title: str
    text: str
    when: str
    source: SourceNote
    reasons: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """From a territory and a challenge to what one can do about it."""

    territory: Where
    challenge: str
    filters: Filters
    goals: tuple[Chip, ...]
    themes: tuple[Chip, ...]
    figures: tuple[Figure, ...]
    figures_gaps: tuple[str, ...]
    comparable: Section
    cases: Section
    tools: Section
    skills: Section
    allies: Section
    spheres_present: tuple[str, ...]
    spheres_missing: tuple[str, ...]
    steps: tuple[Step, ...]
    search_state: str
    composed_at: str
    notices: tuple[str, ...] = field(default=())

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections made of lines, in the order of the page."""
        return (self.cases, self.tools, self.skills, self.allies)

    @property
    def search_ready(self) -> bool:
        return self.search_state == "ready"
