"""What the templates of the sheet need beside the sheet itself."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fairealliance.goals.vocabulary import FAMILIES, GOALS, THEMES
from fairealliance.lib import text_fr
from fairealliance.organisations.enums import Sphere
from fairealliance.sheets import words
from fairealliance.sheets.asking import Ask
from fairealliance.sheets.filters import Filters, address
from fairealliance.sheets.models import SharedSheet
from fairealliance.sheets.sheet import Chip, Line, Section, Sheet

DISTANCES = (10, 20, 30, 50, 100, 200)
_WORDS = 4  # of the user, quoted for a theme


@dataclass(frozen=True, slots=True)
class Choice:
    """A box to tick. `because` are the user's words that made us tick it."""

    value: str
    label: str
    checked: bool
    because: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A section ready to draw: its lines under small titles."""

    section: Section
    groups: list[tuple[str, list[Line]]]


def of(sheet: Sheet, *, kept: SharedSheet | None = None) -> dict[str, Any]:
    """The context of a sheet's page; of a shared one when `kept`."""
    parameters = [("territoire", sheet.territory.ref), ("defi", sheet.challenge), *sheet.filters.pairs()]
    live = address(reverse("sheets:act"), sheet.territory.ref, sheet.challenge, sheet.filters)
    document = address(reverse("sheets:pdf"), sheet.territory.ref, sheet.challenge, sheet.filters)
    sheet = typeset(sheet)
    return {
        "sheet": sheet,
        "territory_line": words.territory_line(sheet.territory),
        "composed_at": words.moment(sheet.composed_at),
        "cases": Shown(sheet.cases, words.grouped(sheet.cases)),
        "tools": Shown(sheet.tools, words.grouped(sheet.tools)),
        "skills": Shown(sheet.skills, words.grouped(sheet.skills)),
        "allies": Shown(sheet.allies, words.grouped(sheet.allies)),
        "narrowing": words.narrowing_lines(sheet.filters),
        "wide_url": address(reverse("sheets:act"), sheet.territory.ref, sheet.challenge, Filters()),
        "live_url": live,
        "pdf_url": reverse("sheets:shared_pdf", args=[kept.token]) if kept else document,
        "parameters": parameters,
        "because": _because(sheet),
        **_choices(sheet),
    }


def typeset(value: Any) -> Any:
    """`value` with French spacing in every text it holds, for the eye only."""
    if isinstance(value, str):
        return text_fr.typeset(value)
    if isinstance(value, tuple):
        return tuple(typeset(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: typeset(getattr(value, each.name)) for each in fields(value)})
    return value


def of_question(ask: Ask) -> dict[str, Any]:
    """The context of the form when a sheet cannot be made yet."""
    others = {name: message for name, message in ask.errors.items() if name not in ("territoire", "defi")}
    return {
        "ask": ask,
        "territory_ref": ask.territory.ref if ask.territory else "",
        "territory_text": ask.territory.name if ask.territory else ask.territory_text,
        "territory_error": ask.errors.get("territoire", ""),
        "challenge_error": ask.errors.get("defi", ""),
        "other_errors": list(others.values()),
        "candidates": [
            (candidate, address(reverse("sheets:act"), candidate.ref, ask.challenge, ask.filters))
            for candidate in ask.candidates
        ],
    }


def _because(sheet: Sheet) -> str:
    """The words that called for the themes, each once."""
    return _quoted(dict.fromkeys(word for chip in sheet.themes for word in chip.because[:_WORDS]))


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"«\u00a0{word}\u00a0»" for word in words)


def _choices(sheet: Sheet) -> dict[str, Any]:
    """Every goal, theme and kind of partner, those of the sheet ticked."""
    goals = {chip.value: chip for chip in sheet.goals}
    themes = {chip.value: chip for chip in sheet.themes}
    filters = sheet.filters
    return {
        "read_goals": [Choice(chip.value, chip.label, True, _why(chip)) for chip in sheet.goals],
        "read_themes": [Choice(chip.value, chip.label, True, _why(chip)) for chip in sheet.themes],
        "other_goals": [Choice(str(g.number), g.short, False) for g in GOALS.values() if str(g.number) not in goals],
        "other_themes": [
            (FAMILIES[family].name, [Choice(each.slug, each.name, False) for each in members])
            for family, members in groupby(
                (each for each in THEMES.values() if each.slug not in themes), key=lambda each: each.family
            )
        ],
        "sphere_choices": [
            Choice(each.value, capfirst(str(each.label)), each.value in filters.spheres) for each in Sphere
        ],
        "distances": sorted({*DISTANCES, *([filters.km] if filters.km else [])}),
        "km": filters.km,
    }


def _why(chip: Chip) -> str:
    return _("à cause de : %s") % _quoted(chip.because[:_WORDS]) if chip.because else _("ajouté par vous")
