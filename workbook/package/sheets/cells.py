"""Formula cells in a worksheet's bytes: their positions, and changes of their values.

>>> sheet = b'<worksheet><sheetData><row><c r="A1" t="str"><f>B1*2</f><v/></c></row></sheetData></worksheet>'
>>> with_cached_values(sheet, {"A1": 4.0})
b'<worksheet><sheetData><row><c r="A1"><f>B1*2</f><v>4</v></c></row></sheetData></worksheet>'
"""

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from workbook.package.opc.errors import Missing, PackageError, Refused
from workbook.package.opc.markup import ATTRIBUTES, spliced, whole_number


class ErrorValue(str):
    """An error value in a cell, e.g. ErrorValue("#N/A")."""

    __slots__ = ()


CellValue: TypeAlias = float | str | bool | ErrorValue

_NAME = rb"(?:[^\s<>/=:\"']+:)?"
_DATA = re.compile(rb"<" + _NAME + rb"sheetData(?=[\s/>])")
_DATA_END = re.compile(rb"</" + _NAME + rb"sheetData\s*>")
_FORMULA = re.compile(rb"<" + _NAME + rb"f(?=[\s/>])")
_CELL = re.compile(rb"<(" + _NAME + rb")c(?=[\s/>])(" + ATTRIBUTES + rb")>")
_POSITIONS = re.compile(rb"<(?:" + _NAME + rb")(row|c)(?=[\s/>])(" + ATTRIBUTES + rb")>")
_ELEMENT = rb"<" + _NAME + rb"%b(?=[\s/>])" + ATTRIBUTES + rb"(?:(?<=/)>|>(.*?)</" + _NAME + rb"%b\s*>)"
_F, _V, _IS = (re.compile(_ELEMENT % (name, name), re.DOTALL) for name in (b"f", b"v", b"is"))
_REFERENCE = re.compile(rb"\sr\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TYPE = re.compile(rb"\st\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_VALUE_KIND = re.compile(rb"\s(?:t|vm)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_ARRAY = re.compile(rb"\st\s*=\s*[\"']array[\"']")
_DATA_TABLE = re.compile(rb"\st\s*=\s*[\"']dataTable[\"']")
_INPUTS = re.compile(rb"\sr[12]\s*=\s*[\"']([^\"']+)")
_AREA = re.compile(rb"\sref\s*=\s*[\"']([^\"']+)")
_METADATA = re.compile(rb"\scm\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_FORMAT = re.compile(rb"\ss\s*=\s*[\"'](\d+)")
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class FormulaCell:
    """A cell with a formula: its reference, e.g. "B7", and the positions of its element and formula."""

    reference: str
    start: int
    end: int
    prefix: bytes
    formula: re.Match[bytes]


def formula_cells(sheet: bytes) -> Iterator[FormulaCell]:
    """Yield the cells of a worksheet that have a formula, in their order in the file."""
    opening = _DATA.search(sheet)
    closing = _DATA_END.search(sheet, opening.end()) if opening else None
    if opening is None or closing is None:
        return
    at, places = opening.end(), None
    while found := _FORMULA.search(sheet, at, closing.start()):
        cell = _cell_around(sheet, found.start(), at)
        formula = _F.match(sheet, found.start())
        if cell is None or formula is None:
            raise Refused("A worksheet contains a formula outside a cell.")
        reference = _REFERENCE.search(cell[2])
        if reference is None and places is None:
            places = _counted_positions(sheet, opening.end(), closing.start())
        name = (reference[1] or reference[2]).decode() if reference else (places or {})[cell.start()]
        at = _end_of_cell(sheet, formula.end(), cell[1])
        yield FormulaCell(name, cell.start(), at, cell[1], formula)


def array_formulas(sheet: bytes) -> dict[str, str]:
    """Return the areas of array formulas, including spilled ones, by the cell with the formula.

    >>> array_formulas(b'<sheetData><c r="B2"><f t="array" ref="B2:C9">X()</f></c></sheetData>')
    {'B2': 'B2:C9'}
    """
    areas = {}
    for cell in formula_cells(sheet):
        opening = cell.formula[0].partition(b">")[0]
        if _ARRAY.search(opening) and (area := _AREA.search(opening)):
            areas[cell.reference] = area[1].decode()
    return areas


def data_tables(sheet: bytes) -> dict[str, tuple[str, ...]]:
    """Return the input cells of what-if data tables, by the area that a table fills.

    >>> data_tables(b'<sheetData><c r="C4"><f t="dataTable" ref="C4:C8" r1="B1"/></c></sheetData>')
    {'C4:C8': ('B1',)}
    """
    tables = {}
    for cell in formula_cells(sheet):
        opening = cell.formula[0].partition(b">")[0]
        if _DATA_TABLE.search(opening) and (area := _AREA.search(opening)):
            tables[area[1].decode()] = tuple(found.decode() for found in _INPUTS.findall(opening))
    return tables


def with_cached_values(sheet: bytes, values: Mapping[str, CellValue]) -> bytes:
    """Return a worksheet whose formula cells have these values: text, number, truth or `ErrorValue`.

    Only the values and their types change. All cells of an array formula or a data table count as
    formula cells.
    Raises Missing if a cell does not exist or has no formula, PackageError if a cell cannot contain a
    number.
    """
    wanted = dict(values)
    edits = [
        (cell.start, cell.end, _with_value(sheet, cell.start, cell.formula.end(), cell.end, wanted.pop(name)))
        for cell in formula_cells(sheet)
        if (name := cell.reference) in wanted
    ]
    for name, head in _filled_by_arrays(sheet, wanted):
        end = head.end() if head[2].endswith(b"/") else _end_of_cell(sheet, head.end(), head[1])
        edits.append((head.start(), end, _with_value(sheet, head.start(), head.end(), end, wanted.pop(name))))
    if wanted:
        raise Missing(f"The worksheet has no formula in {', '.join(sorted(wanted))}.")
    return spliced(sheet, edits)


def with_texts(sheet: bytes, texts: Mapping[str, str]) -> bytes:
    """Return a worksheet in which cells have a constant text instead of what they had; "" makes a cell blank.

    Cells keep their formats. Raises Missing if a cell does not exist.

    >>> with_texts(b'<row><c r="A1" s="7" t="s"><v>3</v></c></row>', {"A1": "Hi"})
    b'<row><c r="A1" s="7" t="inlineStr"><is><t xml:space="preserve">Hi</t></is></c></row>'
    """
    wanted = dict(texts)
    edits = []
    for head in _CELL.finditer(sheet) if wanted else ():
        reference = _REFERENCE.search(head[2])
        name = (reference[1] or reference[2]).decode() if reference else ""
        if name not in wanted:
            continue
        end = head.end() if head[2].endswith(b"/") else _end_of_cell(sheet, head.end(), head[1])
        p, attributes = head[1], _METADATA.sub(b"", _VALUE_KIND.sub(b"", head[2].removesuffix(b"/")))
        shown = escaped(wanted.pop(name))
        text = b' t="inlineStr"><%bis><%bt xml:space="preserve">%b</%bt></%bis></%bc>' % (
            p,
            p,
            shown,
            p,
            p,
            p,
        )
        edits.append((head.start(), end, b"<%bc%b" % (p, attributes) + (text if shown else b"/>")))
    if wanted:
        raise Missing(f"The worksheet has no cell {', '.join(sorted(wanted))}.")
    return spliced(sheet, edits)


def with_shifted_numbers(sheet: bytes, shifted: Callable[[int], bool], by: int) -> bytes:
    """Return a worksheet in which the numbers in cells with certain formats (by index) are shifted.

    Numbers below 1 do not change, because they are a time without a date.
    """
    edits = []
    for head in _CELL.finditer(sheet):
        index = _FORMAT.search(head[2])
        if head[2].endswith(b"/") or index is None or not shifted(int(index[1])):
            continue
        value = _V.search(sheet, head.end(), _end_of_cell(sheet, head.end(), head[1]))
        kind = _TYPE.search(head[2])
        if value and value[1] and (kind is None or kind[0].rstrip(b"\"'").endswith(b"n")):
            number = float(value[1])
            if number >= 1:
                edits.append((*value.span(1), written(number + by)[1]))
    return spliced(sheet, edits)


def has_cached_value(sheet: bytes, cell: FormulaCell) -> bool:
    """Return whether a cell has a cached value besides its formula. Blank text counts as a value."""
    head = _CELL.match(sheet, cell.start)
    kind = _TYPE.search(head[2]) if head else None
    if kind and b"str" in kind[0].lower():
        return True
    value = _V.search(sheet, cell.formula.end(), cell.end)
    return bool(value and value[1])


def as_constant(sheet: bytes, cell: FormulaCell) -> bytes:
    """Return a cell's element without its formula, but with its cached value.

    Blank text remains text, because a blank cell would be 0 in other formulas.
    """
    head = _CELL.match(sheet, cell.start)
    if head is None:  # formula_cells found it here
        raise PackageError(f"{cell.reference} is not a cell reference.")
    attributes = _METADATA.sub(b"", head[2])
    rest = sheet[head.end() : cell.formula.start()] + sheet[cell.formula.end() : cell.end]
    kind = _TYPE.search(attributes)
    value = _V.search(rest)
    opening = b"<" + cell.prefix + b"c"
    if _IS.search(rest):
        return opening + attributes + b">" + rest
    if kind and b"str" in kind[0]:
        attributes = _TYPE.sub(b' t="inlineStr"', attributes)
        p = cell.prefix
        shown = value[1] or b"" if value else b""
        text = b'<%bis><%bt xml:space="preserve">%b</%bt></%bis>' % (p, p, shown, p, p)
        rest = rest[: value.start()] + text + rest[value.end() :] if value else text + rest
    elif value is None or not value[1]:
        rest = rest[: value.start()] + rest[value.end() :] if value else rest
        attributes = _TYPE.sub(b"", attributes)
    return opening + attributes + b">" + rest


def written(value: CellValue) -> tuple[bytes, bytes]:
    """Return a value's cell type and its text in a cell. Numbers have no type.

    >>> written(0.1), written("a<b"), written(True), written(ErrorValue("#N/A"))
    ((b'', b'0.1'), (b'str', b'a&lt;b'), (b'b', b'1'), (b'e', b'#N/A'))
    """
    if isinstance(value, bool):
        return b"b", b"1" if value else b"0"
    if isinstance(value, str):
        return b"e" if isinstance(value, ErrorValue) else b"str", escaped(value)
    number = float(value)
    if not math.isfinite(number):
        raise PackageError("A cell cannot contain an infinite number or a value that is not a number.")
    return b"", (repr(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)).encode()


def escaped(text: str) -> bytes:
    """Return text as XML for a cell. Characters that are not allowed in XML are written as _xHHHH_."""
    text = _UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return text.encode()


def _with_value(sheet: bytes, start: int, after: int, end: int, value: CellValue) -> bytes:
    """Return a cell's element with another value. Everything before `after`, such as the formula, is kept."""
    head = _CELL.match(sheet, start)
    if head is None:  # it was found here
        raise PackageError("A cell is not at its expected position.")
    kind, text = written(value)
    prefix, attributes = head[1], _VALUE_KIND.sub(b"", head[2].removesuffix(b"/"))
    opening = b"<" + prefix + b"c" + attributes + (b' t="' + kind + b'">' if kind else b">")
    rest = b"</" + prefix + b"c>" if head[2].endswith(b"/") else _IS.sub(b"", sheet[after:end])
    fresh = b"<" + prefix + b"v>" + text + b"</" + prefix + b"v>"
    old = _V.search(rest)
    rest = rest[: old.start()] + fresh + rest[old.end() :] if old else fresh + rest
    return opening + sheet[head.end() : after] + rest


def _filled_by_arrays(sheet: bytes, names: Collection[str]) -> Iterator[tuple[str, re.Match[bytes]]]:
    """Yield the opening tags of the cells in the areas of array formulas and data tables."""
    if not names:
        return
    areas = [_corners(area) for area in (*array_formulas(sheet).values(), *data_tables(sheet))]
    inside = {
        name.encode(): name
        for name in names
        for column, row in [_corners(name)[:2]]
        if any(left <= column <= right and top <= row <= bottom for left, top, right, bottom in areas)
    }
    for head in _CELL.finditer(sheet) if inside else ():
        reference = _REFERENCE.search(head[2])
        if reference and (name := inside.pop(reference[1] or reference[2], "")):
            yield name, head


def _corners(area: str) -> tuple[int, int, int, int]:
    first, _, last = area.replace("$", "").partition(":")
    corners = []
    for corner in (first, last or first):
        letters = corner.rstrip("0123456789")
        corners += [column_number(letters), int(corner[len(letters) :])]
    return corners[0], corners[1], corners[2], corners[3]


def _cell_around(sheet: bytes, formula: int, floor: int) -> re.Match[bytes] | None:
    """Return the opening tag of the cell with a formula: the last opening tag of a cell before it."""
    at = formula
    while (at := sheet.rfind(b"<", floor, at)) >= 0:
        if found := _CELL.match(sheet, at):
            return found
    return None


def _end_of_cell(sheet: bytes, at: int, prefix: bytes) -> int:
    closing = b"</" + prefix + b"c"
    end = sheet.find(closing, at)
    stop = sheet.find(b">", end)
    if end < 0 or stop < 0:
        raise Refused("A worksheet contains a cell without an end.")
    return stop + 1


def _counted_positions(sheet: bytes, start: int, end: int) -> dict[int, str]:
    """Return the reference of each cell by its offset. A cell without one follows the previous cell."""
    places = {}
    row = column = 0
    for found in _POSITIONS.finditer(sheet, start, end):
        given = _REFERENCE.search(found[2])
        name = (given[1] or given[2]).decode() if given else ""
        if found[1] == b"row":
            row, column = whole_number(name, row + 1), 0
            continue
        column = column_number(name.rstrip("0123456789")) if name else column + 1
        places[found.start()] = name or f"{column_name(column)}{row}"
    return places


def column_number(letters: str) -> int:
    """Return a column's number, starting at 1.

    >>> column_number("AB")
    28
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_name(number: int) -> str:
    """Return a column's letters.

    >>> column_name(28)
    'AB'
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
