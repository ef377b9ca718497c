"""Where tables and figures stood in layout 3, for workbooks whose record another program dropped."""

from workbook import layout_2
from workbook.areas import TableArea

LAYOUT = 3
_SHOWN = TableArea("shown", 12, 5, {"label": "A", "shown": "B", "note": "C"})
TABLES = {title: tables for title, tables in layout_2.TABLES.items() if title != "Sources"} | {
    "Start": (_SHOWN,)
}
"""The tables, by the titles of the sheets. On Sources they stand lower the more sources there are."""
