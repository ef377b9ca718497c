"""Formulas replaced by the values that they carry, everything else byte for byte as it was."""

from dataclasses import dataclass

from workbook.package.book import Workbook, refuse_unless_editable
from workbook.package.calcchain import drop_from_chain
from workbook.package.calls import Functions, calling_cells, finder, sheets_naming
from workbook.package.cells import as_constant
from workbook.package.markup import spliced
from workbook.package.package import Package
from workbook.package.relationships import ContentTypes


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

    A cell that carries no value becomes blank. Formulas that do not call the functions themselves
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
    types = ContentTypes(package)
    drop_from_chain(book, types, lambda sheet_id, cell: (sheet_id, cell) in entries)
    types.write()
    names = [name.name for name in book.names() if calls.found(name.text)]
    return Frozen(frozen, names, calls.addin_links())
