"""Formulas on the user's own sheets that call our functions, or depend on what calls them.

Only the values that they carry are brought up to date. What calculates is a spreadsheet program
that is handed in, because only it knows the functions of the user's other formulas.
"""

import re
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from udfs.registry import FUNCTIONS
from udfs.values import CellError
from workbook.carried import cell_value
from workbook.package import Functions, Package, formulas_calling, plain_calls, set_values, sheet_contents
from workbook.package.book import Sheet, Workbook
from workbook.package.cells import CellValue, column_name
from workbook.package.dependents import Area, Cell, areas_of, cell_at, dependents
from workbook.package.relationships import relationships

Calculate = Callable[[Path], Mapping[tuple[str, str], float | str | bool | CellError]]
"""Returns the value of every formula cell of a workbook's file, by sheet and cell, computed anew."""

OURS = Functions(tuple(FUNCTIONS), ("marketbook.xlam",))
_UNKNOWN_ELSEWHERE = (CellError.NAME, CellError.REF)
_TABLE = re.compile(rb"<(?:[^\s/>:]+:)?table(?=\s)[^>]*>")
_ATTRIBUTE = rb"\s%b\s*=\s*[\"']([^\"']*)"


@dataclass
class Carried:
    """Cells of the user's by sheet: brought up to date, and such as may carry a stale value."""

    updated: dict[str, list[str]] = field(default_factory=dict)
    stale: dict[str, list[str]] = field(default_factory=dict)


def bring_up_to_date(
    package: Package,
    report_sheets: Collection[str],
    calculate: Calculate | None,
    known: Mapping[str, Collection[str]],
) -> Carried:
    """Give the user's formulas that depend on ours new values to carry; nothing else changes.

    Without a program that calculates they are listed as stale, and so is a cell whose formula that
    program does not understand. `known` are cells by sheet that are up to date already.
    """
    wanted = _without(depending(package, report_sheets), known)
    if calculate is None or not wanted:
        return Carried(stale=wanted)
    with tempfile.TemporaryDirectory(prefix="marketbook-") as folder:
        copy = Path(folder) / "copy.xlsx"
        copy.write_bytes(_with_plain_names(package))
        values = calculate(copy)
    done = Carried()
    for sheet, cells in wanted.items():
        contents = sheet_contents(package, sheet)
        fresh: dict[str, CellValue] = {}
        for cell in cells:
            value = values.get((sheet, cell))
            if value is None or _not_understood(value, contents[cell].value):
                done.stale.setdefault(sheet, []).append(cell)
            else:
                fresh[cell] = cell_value(value)
        changed = {cell: value for cell, value in fresh.items() if contents[cell].value != value}
        if changed:
            set_values(package, sheet, changed)
            done.updated[sheet] = list(changed)
    return done


def _without(cells: dict[str, list[str]], known: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    left = {sheet: [at for at in listed if at not in known.get(sheet, ())] for sheet, listed in cells.items()}
    return {sheet: listed for sheet, listed in left.items() if listed}


def depending(package: Package, report_sheets: Collection[str]) -> dict[str, list[str]]:
    """Return the formula cells, by sheet, that call our functions or depend on cells that do.

    `report_sheets` are names of sheets that are made anew themselves: what refers to them depends.
    """
    book = Workbook(package)
    made = {name.casefold() for name in report_sheets}
    users = [sheet for sheet in book.sheets if sheet.name.casefold() not in made and sheet.part]
    named = _named_areas(package, book)
    if not _may_depend(package, book, users, report_sheets, named):
        return {}
    calling = [(call.sheet, call.cell) for call in formulas_calling(package, OURS)]
    formulas = {
        cell_at(sheet.name, place): content.formula
        for sheet in users
        if sheet.kind == "worksheet"
        for place, content in sheet_contents(package, sheet.name).items()
        if content.formula is not None
    }
    start = [cell_at(sheet, cell) for sheet, cell in calling if sheet.casefold() not in made]
    found = dependents(formulas, start, made, named)
    names = {sheet.name.casefold(): sheet.name for sheet in users}
    grouped: dict[str, list[str]] = {}
    for cell in sorted(found, key=_reading_order):
        grouped.setdefault(names[cell.sheet], []).append(f"{column_name(cell.column)}{cell.row}")
    return grouped


def _not_understood(value: object, carried: object) -> bool:
    """An error where there was none may be one that only the other program has."""
    return value in _UNKNOWN_ELSEWHERE and carried != str(value)


def _reading_order(cell: Cell) -> tuple[str, int, int]:
    return cell.sheet, cell.row, cell.column


def _may_depend(
    package: Package,
    book: Workbook,
    users: list[Sheet],
    report_sheets: Collection[str],
    named: Mapping[str, Collection[Area]],
) -> bool:
    """Look, without reading any cell, for a word that a formula depending on ours would hold."""
    made = {name.casefold() for name in report_sheets}
    words = [f"{name}(" for name in OURS.names]
    words += [f"{name}!" for name in report_sheets]
    words += [name.replace("'", "''") + "'!" for name in report_sheets]
    words += [name for name, areas in named.items() if any(area.sheet in made for area in areas)]
    calling = [name.name for name in book.names() if any(f"{of}(" in name.text for of in OURS.names)]
    sought = [escape(word, quote=False).casefold().encode() for word in words + calling]
    return any(_holds(package, sheet, sought) for sheet in users)


def _holds(package: Package, sheet: Sheet, words: list[bytes]) -> bool:
    pattern = re.compile(b"|".join(map(re.escape, words)), re.IGNORECASE)
    longest = max(map(len, words))
    tail = b""
    for chunk in package.chunks(sheet.part or ""):
        if pattern.search(tail + chunk):
            return True
        tail = chunk[-longest:]
    return False


def _named_areas(package: Package, book: Workbook) -> dict[str, list[Area]]:
    """Return what defined names and tables refer to, by case-folded name."""
    named: dict[str, list[Area]] = {}
    for _ in range(4):  # names that refer to names, and so on: deeper ones are not worth the time
        for name in book.names():
            sheet = book.sheets[name.scope].name if name.scope is not None else ""
            named[name.name.casefold()] = list(areas_of(name.text, sheet, named))
    named.update(_tables(package, book))
    return named


def _tables(package: Package, book: Workbook) -> Iterator[tuple[str, list[Area]]]:
    for sheet in book.sheets:
        for link in relationships(package, sheet.part) if sheet.part else []:
            if link.kind == "table" and link.part and link.part in package:
                head = _TABLE.search(package[link.part])
                name = head and re.search(_ATTRIBUTE % b"displayName", head[0])
                area = head and re.search(_ATTRIBUTE % b"ref", head[0])
                if name and area:
                    yield name[1].decode().casefold(), list(areas_of(area[1].decode(), sheet.name, {}))


def _with_plain_names(package: Package) -> bytes:
    with Package.from_bytes(package.to_bytes()) as copy:
        plain_calls(copy, OURS)
        return copy.to_bytes()
