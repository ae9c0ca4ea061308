"""What changed between a sheet as it was shared and the same question asked today."""

from dataclasses import dataclass

from fairealliance.sheets.sheet import Figure, Line, Sheet


@dataclass(frozen=True, slots=True)
class Change:
    """A line and the section it stands, or stood, in."""

    section: str
    line: Line


@dataclass(frozen=True, slots=True)
class Since:
    """Lines that came, lines no longer found among the first, figures that are not the same."""

    added: tuple[Change, ...] = ()
    gone: tuple[Change, ...] = ()
    figures: tuple[tuple[Figure, Figure], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.gone or self.figures)


def since(old: Sheet, new: Sheet) -> Since:
    """Compared by reference: a line that moved within the sheet is neither new nor gone."""
    before, after = _lines(old), _lines(new)
    figures = {figure.slug: figure for figure in old.figures}
    return Since(
        added=tuple(change for ref, change in after.items() if ref not in before),
        gone=tuple(change for ref, change in before.items() if ref not in after),
        figures=tuple(
            (figures[each.slug], each)
            for each in new.figures
            if each.slug in figures and _value(figures[each.slug]) != _value(each)
        ),
    )


def _lines(sheet: Sheet) -> dict[str, Change]:
    found = [Change(section.title, line) for section in sheet.sections for line in section.lines]
    return {change.line.ref: change for change in found}


def _value(figure: Figure) -> tuple[str, float | None, str]:
    return figure.state, figure.number, figure.text
