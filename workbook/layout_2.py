"""Where tables and figures stood in layout 2, of which the record does not tell all."""

from workbook.areas import TableArea

LAYOUT = 2
_LAST = 1000


def _table(first: int, keys: str, rows: int = _LAST) -> tuple[TableArea, ...]:
    return (TableArea("table", first, rows, dict(zip(keys.split(), "ABCDEFGHIJK", strict=False))),)


_CHECK = "check stated compared verdict tolerance kind level source"
_SEGMENT = "dimension segment share size cagr status derivation name source"
TABLES = {
    "Start": (TableArea("shown", 10, 5, {"label": "A", "shown": "B", "note": "C"}),),
    "Overview": (TableArea("figures", 39, _LAST, {letter: letter for letter in "ACEGIK"}),),
    "Forecast": _table(
        6, "year size growth status at_cagr difference chart derivation source reported not_reported"
    ),
    "Segments": _table(7, _SEGMENT),
    "Regions": _table(7, _SEGMENT),
    "Players": _table(6, "number name"),
    "Indicators": _table(6, "name figure unit year about"),
    "Checks": _table(12, _CHECK, 16),
    "Sources": _table(10, "kind about year printed at"),
}
"""The tables, by the titles of the sheets."""
