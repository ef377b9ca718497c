"""Rows and columns that were inserted in a grafted sheet or deleted from it, and what refers to its cells.

Spreadsheet programs then change all references to the sheet's cells. The sheet that replaces it has its
cells where they were before, so that those references would show other figures without a warning.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from html import unescape

from workbook.package.edits.marks import Marks, marked_content, marked_sheets
from workbook.package.edits.written import written
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import relationships
from workbook.package.sheets.areas import corners
from workbook.package.sheets.cells import formula_cells
from workbook.package.sheets.contents import part_contents
from workbook.package.sheets.dependency_graph import Area, areas_of, cell_at
from workbook.package.sheets.references import renamed, sheet_referred_to
from workbook.package.sheets.workbook_part import DefinedName, Sheet, workbook_part

MOVED = "inserted or deleted rows or columns"

_AREA = re.compile(r"\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")
_FORMULA = re.compile(
    rb"<(?:[^\s/>:]+:)?(?:f|formula|formula1|formula2|calculatedColumnFormula|totalsRowFormula)"
    rb"(?:\s[^>]*)?(?<!/)>([^<]+)</"
)
_CELLS = re.compile(rb"<((?:[^\s/>:]+:)?)sheetData[\s>].*</\1sheetData\s*>", re.DOTALL)
_SOURCE = re.compile(rb"<(?:[^\s/>:]+:)?worksheetSource\s[^>]*?\bsheet\s*=\s*[\"']([^\"']*)")
_WORDS = {"chart": "a chart", "chartEx": "a chart", "table": "a table", "pivotTable": "a pivot table"}


def moved_sheets(target: Package, marks: Marks, places: Mapping[str, str] | None = None) -> set[str]:
    """Return the keys of marked sheets whose cells moved, because rows or columns came in or went.

    The sheet's mark then refers to another block of cells, or a defined name to another cell than when
    it was written. `places` are the references of names in workbooks without a record, such as
    {"mb_size_base": "$B$7"}.
    """
    book, record = workbook_part(target), written(target, marks.namespace)
    moved = set()
    for key, sheet in marked_sheets(target, marks).items():
        digest, block = marked_content(target, key, marks)
        mark = book.defined(marks.sheet(key))
        known = record.get(key)
        names = known.names if known and known.fingerprint == digest else {} if block else places or {}
        at = {name: _on(book.defined(name), sheet) for name in names}
        if _differs(_on(mark, sheet), block or "$A$1") or any(
            _differs(at[name], reference) for name, reference in names.items()
        ):
            moved.add(key)
    return moved


def referring(
    target: Package,
    sheets: Collection[str],
    rebuilt: Collection[str],
    marks: Marks,
    cells: Collection[str] | None = None,
) -> list[str]:
    """Return what refers to cells of sheets, in words such as "Model!B7", "a chart on Board".

    References on the `rebuilt` sheets do not count, nor do the names of grafted sheets. With `cells`,
    only references to one of these cells count.
    """
    book = workbook_part(target)
    wanted = {name.casefold(): "\0" for name in sheets}
    ours = {sheet.position for sheet in book.sheets if sheet.name in rebuilt}

    def refers(formula: str) -> bool:
        if renamed(formula, wanted) == formula:
            return False
        return cells is None or any(_holds(area, wanted, cells) for area in areas_of(formula, "", {}))

    found = [
        place
        for sheet in book.sheets
        if sheet.position not in ours
        for formula, place in _formulas(target, sheet)
        if refers(formula)
    ]
    for name in book.names():
        own = name.name.casefold().startswith((marks.prefix, marks.visible)) or name.scope in ours
        if not own and refers(name.text):
            found.append(f"the name {name.name}")
    for link in book.relationships:
        if link.kind == "pivotCacheDefinition" and link.part in target and cells is None:
            source = _SOURCE.search(target[link.part or ""])
            if source and unescape(source[1].decode(errors="replace")).casefold() in wanted:
                found.append("a pivot table")
    return list(dict.fromkeys(found))


def names_follow(target: Package, sheet: str, copy: str, cells: Collection[str], marks: Marks) -> None:
    """Make the user's names for some cells of a sheet refer to the same cells of its copy."""
    book, known = workbook_part(target), {cell_at(sheet, place) for place in cells}
    for name in book.names():
        if name.name.casefold().startswith((marks.prefix, marks.visible, "_xlnm.")):
            continue
        areas = list(areas_of(name.text, "", {}))
        if areas and all(area.size <= len(known) and known.issuperset(area.cells()) for area in areas):
            book.set_name(name.name, renamed(name.text, {sheet.casefold(): copy}), name.scope)


def _holds(area: Area, sheets: Collection[str], cells: Collection[str]) -> bool:
    if area.sheet not in sheets:
        return False
    return any(
        area.first_row <= cell.row <= area.last_row and area.first_column <= cell.column <= area.last_column
        for cell in (cell_at(area.sheet, place) for place in cells)
    )


def _on(name: DefinedName | None, sheet: str) -> str:
    """Return a name's reference in a sheet; blank if it is not defined or refers to another sheet."""
    if name is None:
        return ""
    text = name.text.replace("!#REF!", "!A0")  # the cells were deleted, but the sheet is there
    return text.rpartition("!")[2] if (sheet_referred_to(text) or "").casefold() == sheet.casefold() else ""


def _differs(reference: str, expected: str) -> bool:
    """Return whether a name refers to other cells than expected. A deleted name says nothing."""
    if not reference:
        return False
    return not _AREA.fullmatch(reference) or corners(reference) != corners(expected)


def _formulas(package: Package, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield the formulas of a sheet and of its charts and tables, each with its place in words."""
    if sheet.part is None:
        return
    data = package[sheet.part]
    if sheet.kind == "worksheet":
        contents = part_contents(package, sheet.part)
        for cell in formula_cells(data):
            content = contents.get(cell.reference)
            yield (content.formula or "") if content else "", f"{sheet.name}!{cell.reference}"
    for text in _FORMULA.findall(_CELLS.sub(b"", data)):
        yield unescape(text.decode(errors="replace")), f"a rule on {sheet.name}"
    seen, waiting = {sheet.part}, [sheet.part]
    while waiting:
        for link in relationships(package, waiting.pop()):
            if link.part is None or link.part in seen or link.part not in package:
                continue
            seen.add(link.part)
            if link.kind in ("drawing", *_WORDS):
                waiting.append(link.part)
            for text in _FORMULA.findall(package[link.part]) if link.kind in _WORDS else ():
                yield unescape(text.decode(errors="replace")), f"{_WORDS[link.kind]} on {sheet.name}"
