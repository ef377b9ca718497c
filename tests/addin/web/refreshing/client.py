"""An open workbook as the scripts would describe it, read from a file with openpyxl."""

import json
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from addin.web.refreshing.formulas import namespaced
from addin.web.refreshing.wire import Beside, Block, Name, OpenedSheet, RefreshRequest
from workbook.package import Package, record, sheet_referred_to, workbook_part

RECORDS = ("urn:marketbook:report", "urn:marketbook:written")
TYPES = {"b": "Boolean", "e": "Error", "n": "Double", "s": "String", "str": "String", "d": "Double"}

Spell = Callable[[str], str]


def described(
    path: Path,
    market: str = "",
    *,
    taken: tuple[str, ...] = (),
    spell: Spell = namespaced,
    ours: Collection[str] | None = None,
) -> RefreshRequest:
    """The request for a workbook. `spell` is how its formulas are spelled in Excel.

    `ours` are the sheets to send, if it is not for the scripts to find them.
    """
    book, shown = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    names = {
        name: Name(f"={defined.attr_text}", not defined.hidden)
        for name, defined in book.defined_names.items()
        if name.casefold().startswith(("mb_", "_mb_"))
    }
    with Package.open(path) as package:
        records = {space: text for space in RECORDS if (text := record(package, space)) is not None}
        is_1904 = workbook_part(package).dates_from_1904
    ours = set(_ours(names, json.loads(records.get(RECORDS[1], "{}")))) if ours is None else ours
    return RefreshRequest(
        [_sheet(sheet, shown[sheet.title], spell) for sheet in book.worksheets if sheet.title in ours],
        names,
        records,
        market,
        taken=list(taken),
        are_dates_from_1904=is_1904,
        is_structure_protected=bool(book.security and book.security.lockStructure),
    )


def _ours(names: dict[str, Name], written: dict[str, Any]) -> Iterator[str]:
    """The sheets that the scripts send: those with marks, and what could be such sheets without marks."""
    seen: list[str] = []
    for name, defined in names.items():
        sheet = sheet_referred_to(defined.refers_to[1:].replace("!#REF!", "!$A$1"))
        if sheet and (name.startswith("_mb_sheet_") or sheet in seen):
            yield sheet
        if sheet and name.startswith("mb_"):
            seen.append(sheet)
    yield from (sheet["title"] for key, sheet in written.items() if f"_mb_sheet_{key}" not in names)


def _sheet(sheet: Worksheet, shown: Worksheet, spell: Spell) -> OpenedSheet:
    area = f"A1:{openpyxl.utils.get_column_letter(sheet.max_column)}{sheet.max_row}"
    rows = [[_entry(cell, spell) for cell in row] for row in sheet[area]]
    values = [[_value(cell) for cell in row] for row in shown[area]]
    types = [
        [_type(cell, value) for cell, value in zip(*both, strict=True)]
        for both in zip(shown[area], values, strict=True)
    ]
    arrays = [cell.value.ref for row in sheet[area] for cell in row if isinstance(cell.value, ArrayFormula)]
    return OpenedSheet(
        sheet.title,
        [Block(area, rows, values, types)],
        visibility="Visible" if sheet.sheet_state == "visible" else "Hidden",
        is_protected=sheet.protection.sheet,
        arrays=arrays,
        beside=_beside(sheet, area),
    )


def _entry(cell: Cell, spell: Spell) -> Any:
    """The formula of a cell; of a constant, that is its value."""
    if isinstance(cell.value, ArrayFormula):
        return f"={spell(cell.value.text.removeprefix('='))}"
    if cell.data_type == "f":
        return f"={spell(cell.value[1:])}"
    return _value(cell)


def _value(cell: Cell) -> Any:
    if cell.value is None:
        return ""
    return to_excel(cell.value, cell.parent.parent.epoch) if cell.is_date else cell.value


def _type(cell: Cell, value: Any) -> str:
    return "Empty" if value == "" else TYPES[cell.data_type]


def _beside(sheet: Worksheet, area: str) -> Beside:
    cells = [cell for row in sheet[area] for cell in row]
    fills: dict[str, list[str]] = {}
    for cell in cells:
        if cell.fill.fill_type == "solid":
            fills.setdefault(f"#{cell.fill.fgColor.rgb[-6:]}", []).append(cell.coordinate)
    return Beside(
        charts=len(sheet._charts),
        pictures=len(sheet._images),
        comments=[cell.coordinate for cell in cells if getattr(cell, "comment", None)],
        tables=list(sheet.tables),
        links=[cell.hyperlink.ref for cell in cells if getattr(cell, "hyperlink", None)],
        merged=[str(merged) for merged in sheet.merged_cells.ranges],
        ruled=[area for rule in sheet.conditional_formatting for area in str(rule.sqref).split()],
        validated=[
            area for rule in sheet.data_validations.dataValidation for area in str(rule.sqref).split()
        ],
        filter=sheet.auto_filter.ref or "",
        fills=fills,
    )
