"""New cells in a worksheet: rows and cells are created in order, and every other byte stays unchanged.

>>> sheet = b'<worksheet><sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData></worksheet>'
>>> with_cells(sheet, {"A2": NewCell(2028.0), "A3": NewCell(4.0, formula="A2*2", style=3)})
b'<worksheet><sheetData><row r="2"><c r="A2"><v>2028</v></c><c r="B2"><v>1</v></c></row><row r="3"><c r="A3" s="3"><f>A2*2</f><v>4</v></c></row></sheetData></worksheet>'
"""  # noqa: E501 - bytes

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import NamedTuple

from workbook.package.opc.errors import Missing, PackageError, Refused
from workbook.package.opc.markup import ATTRIBUTES, spliced, whole_number
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import relationships
from workbook.package.sheets.areas import LAST_COLUMN, LAST_ROW, corners, named
from workbook.package.sheets.cells import (
    CellValue,
    ErrorValue,
    array_formulas,
    column_name,
    column_number,
    escaped,
    written,
)
from workbook.package.sheets.styles import Styles
from workbook.package.sheets.workbook_part import WorkbookPart, workbook_part

_LONGEST_TEXT = 32_767
_LONGEST_FORMULA = 8_192

_NAME = rb"(?:[^\s<>/=:\"']+:)?"
_DATA = re.compile(rb"<(" + _NAME + rb")sheetData(?=[\s/>])" + ATTRIBUTES + rb">")
_ROW, _CELL = (
    re.compile(rb"<(" + _NAME + tag + rb")(?=[\s/>])(" + ATTRIBUTES + rb")>") for tag in (b"row", b"c")
)
_BLANK = re.compile(rb"\s*(?:<" + _NAME + rb"(?:v|is)\s*(?:/>|></[^>]*>)\s*)?")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([^\"']*)")
_STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d+)[\"']")
_SPANS = re.compile(rb"\sspans\s*=\s*[\"'](\d+):(\d+)[\"']")
_DIMENSION = re.compile(rb"<" + _NAME + rb"dimension\s[^>]*?\bref\s*=\s*[\"']([^\"']+)[\"']")
_MERGED = re.compile(rb"<" + _NAME + rb"mergeCell\s[^>]*?\bref\s*=\s*[\"']([^\"']+)[\"']")
_DATA_TABLE = re.compile(
    rb"<" + _NAME + rb"f\s(?=[^>]*\bt\s*=\s*[\"']dataTable)[^>]*?\bref\s*=\s*[\"']([^\"']+)[\"']"
)
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_AREA = re.compile(rb"\sref\s*=\s*[\"']([^\"']+)")
_HEADERS = re.compile(rb"\s(headerRowCount|totalsRowCount)\s*=\s*[\"'](\d+)")


@dataclass(frozen=True)
class NewCell:
    """What to write in a cell: a value, or a formula (without its equals sign) and its value.

    `style` is the index of a cell format, or the name of a cell style (only in `add_cells`). Without
    one, a blank cell keeps its own; a new cell has that of its row, else the default.
    """

    value: CellValue | None = None
    formula: str | None = None
    style: int | str | None = None


def add_cells(package: Package, sheet: str, cells: Mapping[str, NewCell]) -> None:
    """Write new cells, by reference, in a worksheet of a package. See `with_cells`.

    Also raises Refused in header and totals rows of tables and in pivot tables, and Missing for an
    unknown cell style.
    """
    book = workbook_part(package)
    part = book.sheet(sheet).part
    if part is None:
        raise Missing(f"The sheet {sheet} has no part.")
    for area, what in _reserved(package, part):
        _refuse_inside(cells, area, what)
    names = {cell.style for cell in cells.values() if isinstance(cell.style, str)}
    formats = _formats(package, book, names)
    indexed = {
        place: replace(cell, style=formats[cell.style]) if isinstance(cell.style, str) else cell
        for place, cell in cells.items()
    }
    package.replace(part, with_cells(package[part], indexed))


def with_cells(sheet: bytes, cells: Mapping[str, NewCell]) -> bytes:
    """Return a worksheet with new cells, by reference such as "B7". Only blank cells can be written.

    Besides the cells and their rows, only the sheet's `dimension` and the `spans` of rows change, if
    they would be wrong. Raises Refused if a cell is not blank, or is inside a merged cell, an array
    formula or a data table; PackageError if a reference, value or formula is not valid in Excel.
    """
    for place, cell in cells.items():
        _refuse_invalid(place, cell)
    for area in (found[1].decode() for found in _MERGED.finditer(sheet)):
        _refuse_inside(cells, area, "a merged cell", except_first=True)
    for area in array_formulas(sheet).values():
        _refuse_inside(cells, area, "an array formula")
    for found in _DATA_TABLE.finditer(sheet):
        _refuse_inside(cells, found[1].decode(), "a data table")
    if not cells:
        return sheet
    return spliced(sheet, [*_edits(sheet, cells), *_dimension(sheet, cells)])


def hidden_cells(sheet: bytes, cells: Collection[str]) -> set[str]:
    """Return which of some cells of a worksheet are hidden in merged cells, not being the first ones."""
    areas = [corners(found[1].decode()) for found in _MERGED.finditer(sheet)]
    at = {cell: corners(cell)[:2] for cell in cells} if areas else {}
    return {
        cell
        for cell, (column, row) in at.items()
        for left, top, right, bottom in areas
        if left <= column <= right and top <= row <= bottom and (column, row) != (left, top)
    }


class _Element(NamedTuple):
    """A row or a cell in a worksheet: its number, the ends of its tags, and what lies between them."""

    number: int
    start: int
    opened: int
    attributes: bytes
    closing: int
    end: int


def _edits(sheet: bytes, cells: Mapping[str, NewCell]) -> Iterator[tuple[int, int, bytes]]:
    data = _DATA.search(sheet)
    if data is None:
        raise Refused("A worksheet has no cells' element, sheetData.")
    prefix, empty = data[1], data[0].endswith(b"/>")
    wanted: dict[int, dict[int, NewCell]] = defaultdict(dict)
    for place, cell in cells.items():
        left, top = corners(place)[:2]
        wanted[top][left] = cell
    end = data.end() if empty else sheet.find(b"</" + prefix + b"sheetData", data.end())
    rows = list(_elements(sheet, _ROW, data.end(), end))
    numbers = [row.number for row in rows]
    pieces: list[tuple[int, bytes]] = []
    for number, fresh in sorted(wanted.items()):
        at = bisect_left(numbers, number)
        if at < len(rows) and numbers[at] == number:
            yield from _in_row(sheet, rows[at], prefix, fresh)
        else:
            pieces.append((rows[at].start if at < len(rows) else end, _new_row(prefix, number, fresh)))
    if empty:
        inside = b"".join(xml for _, xml in pieces)
        opening = data[0].removesuffix(b"/>") + b">"
        yield data.start(), data.end(), opening + inside + b"</" + prefix + b"sheetData>"
        return
    for start, xml in pieces:
        yield start, start, xml


def _elements(sheet: bytes, tag: re.Pattern[bytes], at: int, end: int) -> Iterator[_Element]:
    """Yield the rows, or the cells of a row, between two offsets, with rows or columns as their numbers."""
    number = 0
    while found := tag.search(sheet, at, end):
        place = _REFERENCE.search(found[2])
        before, number = number, _number(place[1].decode()) if place else number + 1
        if number <= before:
            raise Refused("A worksheet has rows or cells that are not in order.")
        closing, at = found.end(), found.end()
        if not found[2].endswith(b"/"):
            closing = sheet.find(b"</" + found[1], at, end)
            at = sheet.find(b">", closing) + 1
            if closing < 0:
                raise Refused("A worksheet has a row or a cell without an end.")
        yield _Element(number, found.start(), found.end(), found[2], closing, at)


def _number(place: str) -> int:
    """Return the row of "7", or the column of "B7"."""
    letters = place.rstrip("0123456789")
    return column_number(letters) if letters else whole_number(place)


def _in_row(
    sheet: bytes, row: _Element, prefix: bytes, fresh: Mapping[int, NewCell]
) -> Iterator[tuple[int, int, bytes]]:
    """Yield the edits for new cells in a row that exists."""
    there = {cell.number: cell for cell in _elements(sheet, _CELL, row.opened, row.closing)}
    own = _STYLE.search(row.attributes)
    opening, closing = sheet[row.start : row.opened], b""
    if spans := _SPANS.search(opening):
        first, last = min(int(spans[1]), *fresh), max(int(spans[2]), *fresh)
        opening = opening[: spans.start()] + b' spans="%d:%d"' % (first, last) + opening[spans.end() :]
    inserted = []
    for column, cell in sorted(fresh.items()):
        place = f"{column_name(column)}{row.number}"
        if column in there:
            old = there[column]
            if not _BLANK.fullmatch(sheet[old.opened : old.closing]):
                raise Refused(f"The cell {place} is not blank.")
            kept = _STYLE.search(old.attributes)
            yield old.start, old.end, _cell(prefix, place, cell, int(kept[1]) if kept else None)
            continue
        xml = _cell(prefix, place, cell, int(own[1]) if own else None)
        inserted.append((next((at.start for at in there.values() if at.number > column), row.closing), xml))
    if row.attributes.endswith(b"/"):
        opening = opening.removesuffix(b"/>") + b">" + b"".join(xml for _, xml in inserted)
        inserted, closing = [], b"</" + prefix + b"row>"
    if opening + closing != sheet[row.start : row.opened]:
        yield row.start, row.opened, opening + closing
    for at, xml in inserted:
        yield at, at, xml


def _new_row(prefix: bytes, number: int, fresh: Mapping[int, NewCell]) -> bytes:
    inside = (
        _cell(prefix, f"{column_name(column)}{number}", cell, None) for column, cell in sorted(fresh.items())
    )
    return b'<%brow r="%d">%b</%brow>' % (prefix, number, b"".join(inside), prefix)


def _cell(prefix: bytes, place: str, cell: NewCell, kept: int | None) -> bytes:
    """Return a cell's element. `kept` is the format that it has without one of its own."""
    style = kept if cell.style is None else cell.style
    attributes = b' r="%b"' % place.encode() + (b' s="%d"' % int(style) if style is not None else b"")
    p, inside = prefix, b""
    if cell.formula is not None:
        inside = b"<%bf>%b</%bf>" % (p, escaped(cell.formula), p)
    if cell.value is not None:
        kind, text = written(cell.value)
        if kind == b"str" and cell.formula is None:
            kind = b"inlineStr"
            inside += b'<%bis><%bt xml:space="preserve">%b</%bt></%bis>' % (p, p, text, p, p)
        else:
            inside += b"<%bv>%b</%bv>" % (p, text, p)
        attributes += b' t="%b"' % kind if kind else b""
    return b"<%bc%b>%b</%bc>" % (p, attributes, inside, p) if inside else b"<%bc%b/>" % (p, attributes)


def _dimension(sheet: bytes, cells: Collection[str]) -> Iterator[tuple[int, int, bytes]]:
    found = _DIMENSION.search(sheet)
    if found is None:
        return
    blocks = [corners(found[1].decode()), *map(corners, cells)]
    left, top = (min(block[at] for block in blocks) for at in (0, 1))
    right, bottom = (max(block[at] for block in blocks) for at in (2, 3))
    if (left, top, right, bottom) != blocks[0]:
        yield *found.span(1), named(left, top, right, bottom).encode()


def _refuse_invalid(place: str, cell: NewCell) -> None:
    found = _PLACE.fullmatch(place)
    if not found or column_number(found[1]) > LAST_COLUMN or int(found[2]) > LAST_ROW:
        raise PackageError(f"{place} is not a cell reference.")
    if (
        isinstance(cell.value, str)
        and not isinstance(cell.value, ErrorValue)
        and len(cell.value) > _LONGEST_TEXT
    ):
        raise PackageError(f"The text for {place} is longer than the 32,767 characters of a cell.")
    if cell.formula is not None and not 0 < len(cell.formula) <= _LONGEST_FORMULA:
        raise PackageError(f"The formula for {place} is empty or longer than Excel allows.")
    if isinstance(cell.style, str):
        raise PackageError(f"The cell style for {place} is a name, which only a workbook can look up.")


def _refuse_inside(cells: Collection[str], area: str, what: str, except_first: bool = False) -> None:
    left, top, right, bottom = corners(area)
    for place in cells:
        column, row = corners(place)[:2]
        if except_first and (column, row) == (left, top):
            continue
        if left <= column <= right and top <= row <= bottom:
            raise Refused(f"The cell {place} is part of {what} ({area}).")


def _reserved(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """Yield the areas of a sheet whose cells belong to a table's header or totals, or to a pivot table."""
    for link in relationships(package, part):
        if link.part is None or link.part not in package or link.kind not in ("table", "pivotTable"):
            continue
        found = _AREA.search(package[link.part])
        if found is None:
            continue
        area = found[1].decode()
        if link.kind == "pivotTable":
            yield area, "a pivot table"
            continue
        counts = {key: int(count) for key, count in _HEADERS.findall(package[link.part])}
        left, top, right, bottom = corners(area)
        first, last = column_name(left), column_name(right)
        if headers := counts.get(b"headerRowCount", 1):
            yield f"{first}{top}:{last}{top + headers - 1}", "a table's header"
        if totals := counts.get(b"totalsRowCount", 0):
            yield f"{first}{bottom - totals + 1}:{last}{bottom}", "a table's totals"


def _formats(package: Package, book: WorkbookPart, names: Collection[str]) -> dict[str, int]:
    """Return the indexes of formats for named cell styles, which are added if no cell has them yet."""
    part = book.related("styles")
    if not names:
        return {}
    styles = Styles(package[part], part) if part else None
    formats = {name: _format_of(styles, name) if styles else None for name in names}
    unknown = [name for name, index in formats.items() if index is None]
    if part is None or styles is None or unknown:
        raise Missing(f"The workbook has no cell style named {', '.join(sorted(unknown))}.")
    package.replace(part, styles.result())
    return {name: index for name, index in formats.items() if index is not None}


def _format_of(styles: Styles, name: str) -> int | None:
    """Return the index of the cell format that looks exactly like a cell style."""
    found = next((style for style in styles.items("cellStyles") if style.get("name") == name), None)
    if found is None:
        return None
    made = deepcopy(styles.items("cellStyleXfs")[whole_number(found.get("xfId"))])
    made.set("xfId", found.get("xfId") or "0")
    return styles.place("cellXfs", styles.format_key(made), lambda: made)
