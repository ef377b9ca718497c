"""The contents of a sheet's cells, independent of how a program wrote them."""

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from workbook.package.opc.errors import Missing, Refused
from workbook.package.opc.markup import well_formed, whole_number
from workbook.package.opc.package import Derived, Package
from workbook.package.sheets.cells import CellValue, ErrorValue, column_name, column_number
from workbook.package.sheets.formulas import moved
from workbook.package.sheets.styles import MAIN
from workbook.package.sheets.workbook_part import workbook_part

_KEPT = 1 << 20
"""The contents of worksheets up to this decompressed size are kept; those of larger ones take much memory."""
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_NAMES = ("c", "row", "f", "v", "is", "t", "r", "si")
_CELL, _ROW, _F, _V, _IS, _T, _R, _SI = (f"{{{MAIN}}}{name}" for name in _NAMES)


class Content(NamedTuple):
    """A cell's formula, without its equals sign, and its value. Each is None if the cell does not have it."""

    formula: str | None
    value: CellValue | None


def sheet_contents(package: Package, sheet: str) -> dict[str, Content]:
    """Return the contents of a sheet's cells, by reference such as "B7", without blank cells.

    A shared formula is returned for each of its cells, as it applies there.
    """
    part = workbook_part(package).sheet(sheet).part
    if part is None:
        raise Missing(f"The sheet {sheet} has no part.")
    return part_contents(package, part)


def part_contents(package: Package, part: str) -> dict[str, Content]:
    """Return the contents of the cells in a worksheet's part."""
    if package.size(part) > _KEPT:
        return _read(package, part)
    strings = workbook_part(package).related("sharedStrings") or ""
    stamp = strings, package.stamp(part, strings)
    kept: dict[str, Content] = package.derived(_Contents, part, stamp, lambda: _read(package, part))
    return {**kept}


class _Contents(Derived[dict[str, Content]]):
    """The contents of small worksheets."""


def _read(package: Package, part: str) -> dict[str, Content]:
    cells = list(_cells(package[part], part))
    wanted = {whole_number(text) for _, kind, _, text in cells if kind == "s" and text}
    strings = _shared_strings(package, wanted) if wanted else {}
    masters: dict[str, tuple[str, str]] = {}
    contents = {}
    for reference, kind, f, text in cells:
        formula = None if f is None else _formula(f, reference, masters)
        value = _value(kind, text, strings)
        if formula is not None or value not in (None, ""):
            contents[reference] = Content(formula, value)
    return contents


def cells_with_values(package: Package, part: str) -> set[str]:
    """Return the cells of a worksheet's part that carry a value, text of no length included."""
    cells = _cells(package[part], part)
    return {cell for cell, kind, _, text in cells if text or (text == "" and kind == "str")}


def entries(contents: Mapping[str, Content], follow: Callable[[str], str]) -> dict[str, str]:
    """Return the entries of cells: formulas, changed by `follow`, and constants as text.

    >>> entries({"A1": Content("B1*2", 4.0), "A2": Content(None, "x")}, str)
    {'A1': 'B1*2', 'A2': "'x"}
    """
    return {
        place: follow(content.formula) if content.formula is not None else _entered(content.value)
        for place, content in contents.items()
    }


def fingerprint(entered: Mapping[str, str]) -> str:
    """Return a digest of the entries on a sheet."""
    return hashlib.sha256(json.dumps(sorted(entered.items())).encode()).hexdigest()[:32]


def _entered(value: CellValue | None) -> str:
    if isinstance(value, str):
        return "'" + value.replace("\r\n", "\n")
    return repr(float(value)) if value is not None and not isinstance(value, bool) else str(value)


def _cells(sheet: bytes, part: str) -> Iterator[tuple[str, str, etree._Element | None, str | None]]:
    row = column = 0
    for element in well_formed(sheet, part).iter(_ROW, _CELL):
        given = element.get("r")
        if element.tag == _ROW:
            row, column = whole_number(given, row + 1), 0
            continue
        column = column_number(given.rstrip("0123456789")) if given else column + 1
        kind = element.get("t") or "n"
        v, inline = element.find(_V), element.find(_IS)
        text = _rich_text(inline) if inline is not None and kind == "inlineStr" else _text(v)
        yield given or f"{column_name(column)}{row}", kind, element.find(_F), text


def _text(element: etree._Element | None) -> str | None:
    return None if element is None else element.text or ""


def _formula(f: etree._Element, reference: str, masters: dict[str, tuple[str, str]]) -> str:
    if f.get("t") != "shared":
        return f.text or ""
    group = f.get("si") or ""
    if f.text:
        masters[group] = (f.text, reference)
        return f.text
    if group not in masters:
        return ""
    return moved(*masters[group], reference)


def _value(kind: str, text: str | None, strings: dict[int, str]) -> CellValue | None:
    if (not text and kind not in ("str", "inlineStr")) or text is None:
        return None
    if kind == "s":
        return strings.get(whole_number(text), "")
    if kind in ("str", "inlineStr", "d"):
        return _unescaped(text)
    if kind == "e":
        return ErrorValue(text)
    if kind == "b":
        return text.strip() in ("1", "true")
    try:
        return float(text)
    except ValueError as error:
        raise Refused(f"A cell contains {text!r}, which is not a number.") from error


def _shared_strings(package: Package, wanted: set[int]) -> dict[int, str]:
    part = workbook_part(package).related("sharedStrings")
    if part is None:
        return {}
    strings = {}
    source = io.BytesIO(package[part])
    elements = etree.iterparse(source, tag=_SI, resolve_entities=False, no_network=True)
    for index, (_, element) in enumerate(elements):
        if index in wanted:
            strings[index] = _unescaped(_rich_text(element))
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return strings


def _rich_text(element: etree._Element) -> str:
    """Return the text of a string item: its own or that of its runs, without phonetic hints."""
    texts = [*element.iterfind(_T), *element.iterfind(f"{_R}/{_T}")]
    return "".join(text.text or "" for text in texts)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
