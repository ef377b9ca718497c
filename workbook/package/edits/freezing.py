"""Replacement of formulas with their saved values. Everything else stays unchanged, byte for byte."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import TypeAlias

from workbook.package.edits.calculation_chain import drop_from_chain
from workbook.package.edits.spills import follow_spills, spills_of
from workbook.package.opc.errors import NoCachedValue
from workbook.package.opc.markup import spliced
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import ContentTypes, relationships
from workbook.package.sheets.calls import Calls, Finds, Functions, calling_cells, finder, sheets_naming
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
from workbook.package.sheets.rules import Rules
from workbook.package.sheets.workbook_part import Sheet, refuse_unless_editable, workbook_part

_COLUMN_FORMULA = re.compile(
    rb"<((?:[^\s<>/:]+:)?)calculatedColumnFormula(?:\s[^>]*)?>([^<]*)</\1calculatedColumnFormula\s*>"
)

FormulaCells: TypeAlias = Mapping[str, tuple[FormulaCell, str]]
"""Formula cells with their formulas, by reference."""

_LISTED = 12


@dataclass(frozen=True)
class Frozen:
    """The result of freezing: cells by sheet, and what still refers to the functions.

    `rules_left` are data validations, conditional formats and sparklines that call the functions, such as
    "Model!B2:B9 (data validation)". `links_left` are the targets of external links. Programs may ask to
    update them on opening the file.
    """

    cells: dict[str, list[str]]
    names_left: list[str]
    rules_left: list[str]
    links_left: list[str]


class EveryFormula:
    """Finds every formula."""

    def found(self, formula: str) -> bool:
        """Return true."""
        return True


def freeze(package: Package, functions: Functions, whole: Collection[str] = ()) -> Frozen:
    """Replace every formula that calls one of the functions with its saved value.

    On the sheets `whole` (names), every formula is replaced, and data validations are removed. A table
    column's formula for new rows is removed if it calls the functions. Other formulas that do not call
    them are kept, and so are defined names and rules that do, which are returned. Raises NoCachedValue
    if a cell has no saved value, and PackageError if the package must not be edited.
    """
    refuse_unless_editable(package)
    calls = finder(package, functions)
    book = workbook_part(package)
    of_whole = [book.sheet(name) for name in whole]
    naming = [sheet for sheet in sheets_naming(package, functions) if sheet not in of_whole]
    found = {sheet: wanted_cells(package, sheet, calls) for sheet in naming}
    found |= {sheet: wanted_cells(package, sheet, EveryFormula()) for sheet in of_whole}
    convert(package, found)
    for sheet in of_whole:
        _drop_validations(package, sheet)
    forget_column_formulas(package, calls)
    frozen = {sheet.name: list(cells) for sheet, cells in found.items() if cells}
    names = [name.name for name in book.names() if calls.found(name.text)]
    return Frozen(frozen, names, _rules_calling(package, naming, calls), calls.addin_links())


def wanted_cells(package: Package, sheet: Sheet, wanted: Finds) -> FormulaCells:
    """Return the formula cells of a sheet whose formulas are wanted, with their formulas, by reference."""
    cells = calling_cells(package[sheet.part or ""], wanted)
    return {cell.reference: (cell, formula) for cell, formula, is_wanted in cells if is_wanted}


def convert(package: Package, found: Mapping[Sheet, FormulaCells]) -> None:
    """Replace formula cells with their saved values. Raises NoCachedValue, with nothing changed.

    Formulas that refer to what one of them spills, such as A1#, refer to its cells then.
    """
    cells = {sheet: [cell for cell, _ in there.values()] for sheet, there in found.items()}
    _refuse_valueless(package, cells)
    spills = spills_of(package, found)
    for sheet, there in cells.items():
        data = package[sheet.part or ""]
        edits = [(cell.start, cell.end, as_constant(data, cell)) for cell in there]
        package.replace(sheet.part or "", spliced(data, edits))
    types = ContentTypes(package)
    entries = {(sheet.id, cell.reference) for sheet, there in cells.items() for cell in there}
    drop_from_chain(workbook_part(package), types, lambda sheet_id, cell: (sheet_id, cell) in entries)
    types.write()
    follow_spills(package, spills)


def _drop_validations(package: Package, sheet: Sheet) -> None:
    rules = Rules(package[sheet.part or ""])
    gone = [rule for rule in rules.all if rule.kind == "data validation"]
    package.replace(sheet.part or "", rules.without(gone))


def _rules_calling(package: Package, sheets: Iterable[Sheet], calls: Calls) -> list[str]:
    return [
        f"{sheet.name}!{rule.area} ({rule.kind})"
        for sheet in sheets
        for rule in Rules(package[sheet.part or ""]).all
        if any(calls.found(formula) for formula in rule.formulas)
    ]


def valueless(package: Package) -> dict[str, list[str]]:
    """Return the formula cells without saved values, by sheet."""
    found = {}
    for sheet in workbook_part(package).sheets:
        if sheet.kind == "worksheet" and sheet.part:
            data = package[sheet.part]
            found[sheet.name] = [c.reference for c in formula_cells(data) if not has_cached_value(data, c)]
    return {sheet: cells for sheet, cells in found.items() if cells}


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


def forget_column_formulas(package: Package, wanted: Finds) -> None:
    """Remove the formulas that table columns have for new rows, if they are wanted."""
    for sheet in workbook_part(package).sheets:
        for link in relationships(package, sheet.part) if sheet.part else []:
            if link.kind == "table" and link.part and link.part in package:
                data = package[link.part]
                found = _COLUMN_FORMULA.finditer(data)
                gone = [f for f in found if wanted.found(unescape(f[2].decode(errors="replace")))]
                package.replace(link.part, spliced(data, [(*formula.span(), b"") for formula in gone]))
