"""Formulas as constants, for a copy of a workbook that another program calculates."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping

from workbook.package.opc.markup import spliced
from workbook.package.sheets.cells import (
    CellValue,
    as_constant,
    column_number,
    formula_cells,
    has_cached_value,
    written,
)

_GROUP = re.compile(rb"\ssi\s*=\s*[\"'](\d+)")
_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData>%b</sheetData></worksheet>"
)


def with_constants(sheet: bytes, cells: Collection[str]) -> bytes:
    """Return a worksheet in which these formula cells have only their cached values.

    A formula without a cached value is kept, and so is a shared formula that other cells need.
    """
    found = [(cell, _shared_group(cell.formula[0])) for cell in formula_cells(sheet)]
    needed = {group for cell, group in found if group is not None and cell.reference not in cells}
    edits = [
        (cell.start, cell.end, as_constant(sheet, cell))
        for cell, group in found
        if cell.reference in cells and group not in needed and has_cached_value(sheet, cell)
    ]
    return spliced(sheet, edits)


def sheet_of_constants(values: Mapping[str, CellValue]) -> bytes:
    """Return a worksheet with these values and nothing else.

    >>> sheet_of_constants({"B2": 8.6}).partition(b"<sheetData>")[2]
    b'<row r="2"><c r="B2"><v>8.6</v></c></row></sheetData></worksheet>'
    """
    rows: dict[int, list[tuple[int, bytes]]] = defaultdict(list)
    for place, value in values.items():
        letters = place.rstrip("0123456789")
        rows[int(place[len(letters) :])].append((column_number(letters), _cell(place.encode(), value)))
    written_rows = (
        b'<row r="%d">%b</row>' % (row, b"".join(cell for _, cell in sorted(rows[row])))
        for row in sorted(rows)
    )
    return _SHEET % b"".join(written_rows)


def _cell(place: bytes, value: CellValue) -> bytes:
    kind, text = written(value)
    if kind == b"str":
        return b'<c r="%b" t="inlineStr"><is><t xml:space="preserve">%b</t></is></c>' % (place, text)
    return b'<c r="%b"%b><v>%b</v></c>' % (place, b' t="%b"' % kind if kind else b"", text)


def _shared_group(formula: bytes) -> bytes | None:
    found = _GROUP.search(formula.partition(b">")[0])
    return found[1] if found else None
