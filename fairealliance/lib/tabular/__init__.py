"""Tables as people send them: CSV, XLSX, JSON, alone or in a ZIP, read as a stream of column batches.

`open_table` reads the whole file once before anything is done with it (encoding, shape, last row), so that a file
cut short or of another nature is refused before its first row is used. Cells are text; a missing one is "".
"""

from pathlib import Path

from fairealliance.lib.tabular.delimited import DelimitedTable
from fairealliance.lib.tabular.errors import Unreadable
from fairealliance.lib.tabular.files import DataFile
from fairealliance.lib.tabular.formulas import bare, inert
from fairealliance.lib.tabular.records import RecordTable
from fairealliance.lib.tabular.table import Batch, Facts, Layout, Misshapen, Table
from fairealliance.lib.tabular.workbook import WorkbookTable, rows_as_typed

__all__ = [
    "Batch",
    "Facts",
    "Layout",
    "Misshapen",
    "Table",
    "Unreadable",
    "bare",
    "inert",
    "open_table",
    "rows_as_typed",
]


def open_table(path: Path, layout: Layout) -> Table:
    """Inspects `path` and returns it ready to read. Raises Unreadable, with a French message."""
    file = DataFile.at(path)
    if layout.format == "json":
        return RecordTable(file, layout)
    if file.is_workbook:
        return WorkbookTable(file, layout)
    return DelimitedTable(file, layout)
