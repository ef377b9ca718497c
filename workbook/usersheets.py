"""The user's own formulas that depend on ours: the values that they carry, brought up to date.

What calculates is a spreadsheet program that is handed in, because only it knows the functions of
the user's other formulas.
"""

import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from markets.errors import MarketbookError
from udfs.values import CellError
from workbook.carried import cell_value
from workbook.depending import OURS, Known, by_sheet, depending
from workbook.doubts import doubtful
from workbook.package import Package, plain_calls, set_values
from workbook.package.dependents import Cell, cell_at

Value: TypeAlias = float | str | bool | CellError
Calculate: TypeAlias = Callable[[Path], Mapping[tuple[str, str], Value]]
"""Returns the value of every formula cell of a workbook's file, by sheet and cell, computed anew."""


@dataclass
class Carried:
    """Cells of the user's by sheet: brought up to date, and such as may carry a stale value.

    `problem` says why nothing was calculated, where something kept the program from it.
    """

    updated: dict[str, list[str]] = field(default_factory=dict)
    stale: dict[str, list[str]] = field(default_factory=dict)
    problem: str = ""


def bring_up_to_date(
    package: Package,
    report_sheets: Collection[str],
    calculate: Calculate | None,
    known: Known,
) -> Carried:
    """Give the user's formulas that depend on ours new values to carry; nothing else changes.

    Without a program that calculates they are listed as stale, and so is each cell that depends on a
    formula which that program may not calculate as Excel would. `known` are formulas of ours on
    sheets of the user's, which are up to date already.
    """
    wanted = depending(package, report_sheets, known)
    if calculate is None or not wanted.cells:
        return Carried(stale=by_sheet(package, wanted.cells))
    try:
        values = calculated(package, calculate)
    except MarketbookError as error:
        return Carried(stale=by_sheet(package, wanted.cells), problem=str(error))
    stale = wanted.reached_from(doubtful(wanted.formulas, wanted.carried, values))
    stale |= {cell for cell in wanted.cells if cell not in values or cell not in wanted.carried}
    fresh = {cell: cell_value(values[cell]) for cell in wanted.cells - stale}
    changed = {cell: value for cell, value in fresh.items() if wanted.carried[cell] != value}
    updated = by_sheet(package, changed)
    for sheet, places in updated.items():
        set_values(package, sheet, {place: changed[cell_at(sheet, place)] for place in places})
    return Carried(updated, by_sheet(package, stale))


def calculated(package: Package, calculate: Calculate) -> dict[Cell, Value]:
    """Return the value of every formula cell of a package, computed anew."""
    with tempfile.TemporaryDirectory(prefix="marketbook-") as folder:
        copy = Path(folder) / "copy.xlsx"
        copy.write_bytes(_with_plain_names(package))
        return {cell_at(*place): value for place, value in calculate(copy).items()}


def _with_plain_names(package: Package) -> bytes:
    with Package.from_bytes(package.to_bytes()) as copy:
        plain_calls(copy, OURS)
        return copy.to_bytes()
