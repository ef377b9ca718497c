"""References to what a formula spills, such as A1#, which a file has as `_xlfn.ANCHORARRAY(A1)`.

Where the formula becomes values, nothing spills there any more: they have to refer to its cells.
"""

import re
from collections.abc import Collection, Mapping
from functools import partial
from typing import TypeAlias

from workbook.package.opc.package import Package
from workbook.package.opc.relationships import relationships
from workbook.package.sheets.belongings import with_formulas
from workbook.package.sheets.cells import array_formulas
from workbook.package.sheets.formulas import sheets_in, tokens
from workbook.package.sheets.workbook_part import Sheet, workbook_part

Spills: TypeAlias = Mapping[tuple[str, str], str]
"""What formulas fill, such as "A1:A9", by the sheet, in lower case, and the cell with the formula."""

_FUNCTION = "_xlfn.ANCHORARRAY"
_CORNER = re.compile(r"([A-Z]+)(\d+)")


def spills_of(package: Package, cells: Mapping[Sheet, Collection[str]]) -> Spills:
    """Return what the formulas of cells, given by sheet, fill."""
    found: dict[tuple[str, str], str] = {}
    for sheet, there in cells.items():
        if there:
            areas = array_formulas(package[sheet.part or ""])
            found |= {(sheet.name.casefold(), cell): areas[cell] for cell in there if cell in areas}
    return found


def follow_spills(package: Package, spills: Spills) -> None:
    """Let all formulas of a package refer to the cells of areas instead of what spills there."""
    if not spills:
        return
    book = workbook_part(package)
    for sheet in book.sheets:
        links = relationships(package, sheet.part) if sheet.part else []
        change = partial(with_areas, sheet=sheet.name, spills=spills)
        for part in [sheet.part, *(link.part for link in links if link.kind == "table")]:
            if part and part in package and _FUNCTION.encode() in package[part]:
                package.replace(part, with_formulas(package[part], change))
    for name in book.names():
        if (text := with_areas(name.text, "", spills)) != name.text:
            book.set_name(name.name, text, name.scope)


def with_areas(formula: str, sheet: str, spills: Spills) -> str:
    """Return a formula of a sheet in which areas stand for what spills there. Other spills stay.

    >>> with_areas("SUM(_xlfn.ANCHORARRAY($B$1),_xlfn.ANCHORARRAY(T!B1))", "S", {("s", "B1"): "B1:C9"})
    'SUM($B$1:$C$9,_xlfn.ANCHORARRAY(T!B1))'
    """
    found = list(tokens(formula))
    pieces = [token[0] for token in found]
    for at, token in enumerate(found):
        cell = _anchored(found, at) if token["function"] and token[0] == _FUNCTION else None
        if cell is None:
            continue
        qualifier = found[cell - 1]["sheet"]
        names = sheets_in(qualifier) if qualifier else (sheet,)
        column, row = found[cell]["c1"], found[cell]["r1"]
        area = spills.get(("".join(names).casefold(), f"{column}{row}".replace("$", "").upper()))
        if area:
            pieces[at] = pieces[at + 1] = pieces[cell + 1] = ""
            pieces[cell] = _CORNER.sub(rf"{_sign(column)}\1{_sign(row)}\2", area)
    return "".join(pieces)


def _sign(corner: str) -> str:
    return "$" if corner.startswith("$") else ""


def _anchored(found: list[re.Match[str]], at: int) -> int | None:
    """Return where the one cell stands in the parentheses of a function, with or without a sheet."""
    cell = at + 3 if found[at + 2 : at + 3] and found[at + 2]["sheet"] else at + 2
    inside = found[cell : cell + 2]
    is_cell = len(inside) == 2 and inside[0]["c1"] and not inside[0]["c2"] and inside[1][0] == ")"
    return cell if is_cell else None
