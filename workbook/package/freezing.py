"""Formulas replaced by the values that they carry, everything else byte for byte as it was."""

import re
from dataclasses import dataclass
from html import unescape

from workbook.package.book import Workbook, refuse_unless_editable
from workbook.package.calcchain import drop_from_chain
from workbook.package.calls import Calls, Functions, calling_cells, finder, sheets_naming
from workbook.package.cells import as_constant
from workbook.package.markup import spliced
from workbook.package.package import Package
from workbook.package.relationships import ContentTypes, relationships

_COLUMN_FORMULA = re.compile(
    rb"<((?:[^\s<>/:]+:)?)calculatedColumnFormula(?:\s[^>]*)?>([^<]*)</\1calculatedColumnFormula\s*>"
)


@dataclass(frozen=True)
class Frozen:
    """What freezing did: cells by sheet; what still leads to the functions: defined names, external links.

    A program may ask, on opening the file, whether to update a link; `links_left` are their targets.
    """

    cells: dict[str, list[str]]
    names_left: list[str]
    links_left: list[str]


def freeze(package: Package, functions: Functions) -> Frozen:
    """Replace every formula that calls one of the functions by the value that its cell carries.

    A cell that carries no value becomes blank, and a table forgets a column's formula that calls them,
    which new rows would get. Formulas that do not call the functions themselves
    stay, and so do defined names that do: those are told. Raises a PackageError for a package that
    must not be edited.
    """
    refuse_unless_editable(package)
    calls = finder(package, functions)
    book = Workbook(package)
    frozen: dict[str, list[str]] = {}
    entries = set()
    for sheet in sheets_naming(package, functions):
        part = sheet.part or ""
        data = package[part]
        cells = [cell for cell, _, calling in calling_cells(data, calls) if calling]
        if cells:
            package.replace(
                part, spliced(data, [(cell.start, cell.end, as_constant(data, cell)) for cell in cells])
            )
            frozen[sheet.name] = [cell.reference for cell in cells]
            entries |= {(sheet.id, cell.reference) for cell in cells}
    _forget_column_formulas(package, book, calls)
    types = ContentTypes(package)
    drop_from_chain(book, types, lambda sheet_id, cell: (sheet_id, cell) in entries)
    types.write()
    names = [name.name for name in book.names() if calls.found(name.text)]
    return Frozen(frozen, names, calls.addin_links())


def _forget_column_formulas(package: Package, book: Workbook, calls: Calls) -> None:
    for sheet in book.sheets:
        for link in relationships(package, sheet.part) if sheet.part else []:
            if link.kind == "table" and link.part and link.part in package:
                data = package[link.part]
                found = _COLUMN_FORMULA.finditer(data)
                gone = [f for f in found if calls.found(unescape(f[2].decode(errors="replace")))]
                package.replace(link.part, spliced(data, [(*formula.span(), b"") for formula in gone]))
