"""Replacement of formulas with their saved values. Everything else stays unchanged, byte for byte."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from workbook.package.edits.calculation_chain import drop_from_chain
from workbook.package.opc.errors import NoCachedValue
from workbook.package.opc.markup import spliced
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import ContentTypes, relationships
from workbook.package.sheets.calls import Calls, Functions, calling_cells, finder, sheets_naming
from workbook.package.sheets.cells import (
    FormulaCell,
    array_formulas,
    as_constant,
    column_name,
    formula_cells,
    has_cached_value,
)
from workbook.package.sheets.contents import cells_with_values
from workbook.package.sheets.dependency_graph import areas_of
from workbook.package.sheets.workbook_part import Sheet, WorkbookPart, refuse_unless_editable, workbook_part

_COLUMN_FORMULA = re.compile(
    rb"<((?:[^\s<>/:]+:)?)calculatedColumnFormula(?:\s[^>]*)?>([^<]*)</\1calculatedColumnFormula\s*>"
)

_LISTED = 12


@dataclass(frozen=True)
class Frozen:
    """The result of freezing: cells by sheet, and the names and links that still refer to the functions.

    `links_left` are the targets of external links. Programs may ask to update them on opening the file.
    """

    cells: dict[str, list[str]]
    names_left: list[str]
    links_left: list[str]


def freeze(package: Package, functions: Functions) -> Frozen:
    """Replace every formula that calls one of the functions with its saved value.

    A table column's formula for new rows is removed if it calls them. Formulas that do not call the
    functions themselves are kept, and so are defined names that do, which are returned. Raises
    NoCachedValue if a cell has no saved value, and PackageError if the package must not be edited.
    """
    refuse_unless_editable(package)
    calls = finder(package, functions)
    book = workbook_part(package)
    found = {sheet: _calling(package[sheet.part or ""], calls) for sheet in sheets_naming(package, functions)}
    _refuse_valueless(package, found)
    for sheet, cells in found.items():
        data = package[sheet.part or ""]
        edits = [(cell.start, cell.end, as_constant(data, cell)) for cell in cells]
        package.replace(sheet.part or "", spliced(data, edits))
    _forget_column_formulas(package, book, calls)
    types = ContentTypes(package)
    entries = {(sheet.id, cell.reference) for sheet, cells in found.items() for cell in cells}
    drop_from_chain(book, types, lambda sheet_id, cell: (sheet_id, cell) in entries)
    types.write()
    frozen = {sheet.name: [cell.reference for cell in cells] for sheet, cells in found.items() if cells}
    names = [name.name for name in book.names() if calls.found(name.text)]
    return Frozen(frozen, names, calls.addin_links())


def valueless(package: Package) -> dict[str, list[str]]:
    """Return the formula cells without saved values, by sheet."""
    found = {}
    for sheet in workbook_part(package).sheets:
        if sheet.kind == "worksheet" and sheet.part:
            data = package[sheet.part]
            found[sheet.name] = [c.reference for c in formula_cells(data) if not has_cached_value(data, c)]
    return {sheet: cells for sheet, cells in found.items() if cells}


def _calling(sheet: bytes, calls: Calls) -> list[FormulaCell]:
    return [cell for cell, _, calling in calling_cells(sheet, calls) if calling]


def _refuse_valueless(package: Package, found: Mapping[Sheet, list[FormulaCell]]) -> None:
    lacking = [
        f"{sheet.name}!{place}"
        for sheet, cells in found.items()
        for place in _valueless_cells(package, sheet, cells)
    ]
    if len(lacking) == 1:
        raise NoCachedValue(f"{lacking[0]} has no saved value to replace its formula with.")
    if lacking:
        more = f" and {len(lacking) - _LISTED} more" if len(lacking) > _LISTED else ""
        listed = ", ".join(lacking[:_LISTED]) + more
        raise NoCachedValue(f"{len(lacking)} cells have no saved values for their formulas: {listed}.")


def _valueless_cells(package: Package, sheet: Sheet, cells: list[FormulaCell]) -> Iterator[str]:
    """Give the cells without a value: those of the formulas, and those that an array formula fills."""
    part = sheet.part or ""
    data = package[part]
    arrays = array_formulas(data)
    yield from (cell.reference for cell in cells if not has_cached_value(data, cell))
    filled = [arrays[cell.reference] for cell in cells if cell.reference in arrays]
    areas = [area for reference in filled for area in areas_of(reference, sheet.name, {}) if area.size > 1]
    if areas:
        shown = cells_with_values(package, part)
        members = (f"{column_name(m.column)}{m.row}" for area in areas for m in area.cells())
        yield from (place for place in members if place not in shown and place not in arrays)


def _forget_column_formulas(package: Package, book: WorkbookPart, calls: Calls) -> None:
    for sheet in book.sheets:
        for link in relationships(package, sheet.part) if sheet.part else []:
            if link.kind == "table" and link.part and link.part in package:
                data = package[link.part]
                found = _COLUMN_FORMULA.finditer(data)
                gone = [f for f in found if calls.found(unescape(f[2].decode(errors="replace")))]
                package.replace(link.part, spliced(data, [(*formula.span(), b"") for formula in gone]))
