"""Cells that a spreadsheet would run: an apostrophe before them keeps them text, in the files we write."""

_RUN = ("=", "+", "-", "@", "\t", "\r", "'")


def inert(text: str) -> str:
    """`text` as a cell that no spreadsheet runs; a number stays one. `bare` gives it back."""
    return f"'{text}" if text.startswith(_RUN) and not _is_number(text) else text


def bare(cell: str) -> str:
    """Without the apostrophe that `inert` put."""
    return cell[1:] if cell.startswith("'") and inert(cell[1:]) == cell else cell


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True
