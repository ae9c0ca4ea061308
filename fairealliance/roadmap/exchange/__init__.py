"""One table in and out: CSV or XLSX, one line per thing, its kind in the first column.

What `export` writes, `load` reads back to the same state, reports and their corrections included.
"""
