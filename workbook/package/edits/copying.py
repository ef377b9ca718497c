"""A copy of a sheet in its own package, to keep its old state next to the new one."""

import re
from collections.abc import Collection, Mapping
from copy import deepcopy

from lxml import etree

from workbook.package.edits.features import NOT_COPIED
from workbook.package.edits.transplant import Transplant, unselected
from workbook.package.opc.errors import Missing
from workbook.package.opc.markup import ATTRIBUTES, quoted, spliced
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import ContentTypes, relationships
from workbook.package.sheets.cells import FormulaCell, as_constant, formula_cells, has_cached_value
from workbook.package.sheets.contents import Content, part_contents
from workbook.package.sheets.new_cells import NewCell, hidden_cells, with_cells
from workbook.package.sheets.styles import Styles, canonical
from workbook.package.sheets.workbook_part import WorkbookPart, refuse_unless_editable, workbook_part

_PORTABLE = frozenset(
    {"hyperlink", "drawing", "table", "printerSettings", "comments", "threadedComment", "vmlDrawing"}
)
_NEEDS = {"slicer": "drawing", "timeline": "drawing", "control": "vmlDrawing", "ctrlProp": "vmlDrawing"}
_NEEDS |= {"oleObject": "vmlDrawing"}  # what stays with the original, and the part that needs it
HIGHLIGHT = "FFD966"
"""The color of the fill of highlighted cells."""
_FILL = f'<fill><patternFill patternType="solid"><fgColor rgb="FF{HIGHLIGHT}"/></patternFill></fill>'
_UNKNOWN = "#NAME?"  # the value in a program without the functions
_CELL = re.compile(rb"<(?:[^\s<>/:]+:)?c(?=[\s/>])(" + ATTRIBUTES + rb")>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([^\"']+)")
_FORMAT = re.compile(rb"\ss\s*=\s*[\"'](\d+)[\"']")


def copy_sheet(
    package: Package,
    sheet: str,
    name: str,
    *,
    typed: Collection[str] = (),
    highlighted: Collection[str] = (),
    successor: Collection[str] | None = None,
) -> str:
    """Copy a sheet to the end, as `name` or a similar free name; return the name of the copy.

    Its formulas are replaced with their saved values, so that the copy keeps showing the same figures,
    except formulas in the cells `typed`, and those without a saved value or with `#NAME?` as their
    value. Cells in `highlighted` get a fill. Charts and names of the copy refer to the copy. Features
    that cannot be copied, such as controls, slicers and pivot tables, stay with the original.

    If another sheet is about to replace the original, `successor` has the names of its tables. The
    copy's other tables then keep the names of the original's, so that formulas go on to refer to them.
    """
    refuse_unless_editable(package)
    book = workbook_part(package)
    original = book.sheet(sheet)
    if original.part is None:
        raise Missing(f"The sheet {sheet} has no part.")
    title = book.free_sheet_name(name)
    types = ContentTypes(package)
    moved = {sheet.casefold(): title}
    taken = {name.name.casefold() for name in book.names()} | {name.casefold() for name in successor or ()}
    leaving = () if successor is None else (original.part,)
    transplant = Transplant(package, types, package, [original.part], moved, taken, leaving=leaving)
    part = transplant.sheet(original.part, None, unselected, _left_behind(package, original.part))
    contents = part_contents(package, part)
    package.replace(part, _as_values(package[part], contents, typed))
    types.write()
    added = book.add_sheet(title, part)
    for defined in book.names():
        if defined.scope == original.position and not defined.name.startswith("_xlnm._Filter"):
            book.set_name(defined.name, transplant.formula(defined.text), added.position)
    if highlighted:
        _highlight(package, book, part, highlighted)
    return title


def _left_behind(package: Package, part: str) -> set[str]:
    """Return the ids of the relationships that a copy of a sheet does not get."""
    links = relationships(package, part)
    broken = {_NEEDS[link.kind] for link in links if link.kind in _NEEDS}
    if "vmlDrawing" in broken:
        broken |= {"comments", "threadedComment"}
    return {
        link.id
        for link in links
        if link.kind in NOT_COPIED or link.kind not in _PORTABLE or link.kind in broken
    }


def _as_values(sheet: bytes, contents: Mapping[str, Content], typed: Collection[str]) -> bytes:
    """Return a worksheet with values in place of formulas, apart from typed ones and those without."""
    edits = []
    for cell in formula_cells(sheet):
        content = contents.get(cell.reference)
        known = has_cached_value(sheet, cell) and not (content and content.value == _UNKNOWN)
        if cell.reference not in typed and known:
            edits.append((cell.start, cell.end, as_constant(sheet, cell)))
        elif content:
            edits.append((*cell.formula.span(), _on_its_own(cell, content.formula or "")))
    return spliced(sheet, edits)


def _on_its_own(cell: FormulaCell, formula: str) -> bytes:
    """Return a formula that does not share its text with other cells. Array formulas are kept."""
    opening = cell.formula[0].partition(b">")[0]
    if b"shared" not in opening:
        return cell.formula[0]
    return b"<%bf>%b</%bf>" % (cell.prefix, quoted(formula), cell.prefix)


def _highlight(package: Package, book: WorkbookPart, part: str, cells: Collection[str]) -> None:
    """Give cells a fill. All else about their formats stays, and blank cells are created for it.

    Cells that are hidden in merged ones get it only if they exist.
    """
    name = book.related("styles")
    if name is None:
        return
    styles = Styles(package[name], name)
    styles.seed()
    sheet, missing, edits = package[part], set(cells), []
    for cell in _CELL.finditer(sheet):
        place = _REFERENCE.search(cell[1])
        if place is None or (at := place[1].decode()) not in missing:
            continue
        missing.discard(at)
        old = _FORMAT.search(cell[1])
        written = b' s="%d"' % _filled(styles, int(old[1]) if old else 0)
        start = cell.start(1)
        span = (start + old.start(), start + old.end()) if old else (start, start)
        edits.append((*span, written))
    blank = NewCell(style=_filled(styles, 0))
    missing -= hidden_cells(sheet, missing)
    package.replace(part, with_cells(spliced(sheet, edits), dict.fromkeys(missing, blank)))
    package.replace(name, styles.result())


def _filled(styles: Styles, index: int) -> int:
    """Return the format that differs from another one in its fill only."""
    fill = etree.fromstring(_FILL)
    made = deepcopy(styles.items("cellXfs")[index])
    made.set("fillId", str(styles.place("fills", canonical(fill), lambda: fill)))
    made.set("applyFill", "1")
    return styles.place("cellXfs", styles.format_key(made), lambda: made)
