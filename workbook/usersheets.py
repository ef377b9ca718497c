"""Updates of the saved values of the user's formulas that depend on Marketbook's.

A spreadsheet program calculates them, because only such a program knows the other functions in the
user's formulas.
"""

import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from markets.errors import MarketbookError
from udfs.values import CellError
from workbook.depending import OURS, Known, by_sheet, depending
from workbook.doubts import doubtful
from workbook.package import Cell, Package, cell_at, plain_calls, set_cached_values
from workbook.xlsx import cell_value

Value: TypeAlias = float | str | bool | CellError
Calculate: TypeAlias = Callable[[Path], Mapping[tuple[str, str], Value]]
"""Recalculates a workbook's file, and returns the value of every formula cell by sheet and cell."""


@dataclass
class Carried:
    """The user's cells by sheet: those that were updated, and those that may have a stale value.

    `problem` is the reason if nothing could be calculated.
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
    """Update the values of the user's formulas that depend on Marketbook's; nothing else changes.

    Without a program that calculates, they are listed as stale. Cells that depend on a formula that the
    program may not calculate as Excel does are also listed as stale. `known` are Marketbook's formulas
    on the user's sheets, which are already up to date.
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
        set_cached_values(package, sheet, {place: changed[cell_at(sheet, place)] for place in places})
    return Carried(updated, by_sheet(package, stale))


def calculated(package: Package, calculate: Calculate) -> dict[Cell, Value]:
    """Recalculate a package, and return the value of every formula cell."""
    with tempfile.TemporaryDirectory(prefix="marketbook-") as folder:
        copy = Path(folder) / "copy.xlsx"
        copy.write_bytes(_with_plain_names(package))
        return {cell_at(*place): value for place, value in calculate(copy).items()}


def _with_plain_names(package: Package) -> bytes:
    with Package.from_bytes(package.to_bytes()) as copy:
        plain_calls(copy, OURS)
        return copy.to_bytes()
