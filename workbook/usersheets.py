"""The user's own formulas that depend on ours: the values that they carry, brought up to date.

What calculates is a spreadsheet program that is handed in, because only it knows the functions of
the user's other formulas.
"""

import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from udfs.values import CellError
from workbook.carried import cell_value
from workbook.depending import OURS, Known, depending
from workbook.package import Package, plain_calls, set_values, sheet_contents
from workbook.package.cells import CellValue

Calculate = Callable[[Path], Mapping[tuple[str, str], float | str | bool | CellError]]
"""Returns the value of every formula cell of a workbook's file, by sheet and cell, computed anew."""

_UNKNOWN_ELSEWHERE = (CellError.NAME, CellError.REF)


@dataclass
class Carried:
    """Cells of the user's by sheet: brought up to date, and such as may carry a stale value."""

    updated: dict[str, list[str]] = field(default_factory=dict)
    stale: dict[str, list[str]] = field(default_factory=dict)


def bring_up_to_date(
    package: Package,
    report_sheets: Collection[str],
    calculate: Calculate | None,
    known: Known,
) -> Carried:
    """Give the user's formulas that depend on ours new values to carry; nothing else changes.

    Without a program that calculates they are listed as stale, and so is a cell whose formula that
    program does not understand. `known` are formulas of ours on sheets of the user's, which are
    up to date already.
    """
    wanted = depending(package, report_sheets, known)
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
            if value is None or cell not in contents or _not_understood(value, contents[cell].value):
                done.stale.setdefault(sheet, []).append(cell)
            else:
                fresh[cell] = cell_value(value)
        changed = {cell: value for cell, value in fresh.items() if contents[cell].value != value}
        if changed:
            set_values(package, sheet, changed)
            done.updated[sheet] = list(changed)
    return done


def _not_understood(value: object, carried: object) -> bool:
    """An error where there was none may be one that only the other program has."""
    return value in _UNKNOWN_ELSEWHERE and carried != str(value)


def _with_plain_names(package: Package) -> bytes:
    with Package.from_bytes(package.to_bytes()) as copy:
        plain_calls(copy, OURS)
        return copy.to_bytes()
