"""Values for formulas without saved values, as in a workbook from a program that does not calculate."""

import math
from collections.abc import Collection

from workbook.depending import Depending, by_sheet
from workbook.doubts import doubtful
from workbook.package import Cell, Package, array_formulas, cell_at, set_cached_values, workbook_part
from workbook.usersheets import Calculate, Value, calculated
from workbook.xlsx import cell_value


def fill(
    package: Package, cells: Collection[Cell], among: Depending, calls: Collection[Cell], calculate: Calculate
) -> None:
    """Give formula cells the values that a program calculates; nothing else changes.

    Three kinds of cells stay unchanged: those that the program may not calculate as Excel does, those
    that depend on a Marketbook call whose saved value is out of date, and array formulas over several
    cells, most of which do not exist yet. Raises MarketbookError.
    """
    values = calculated(package, calculate)
    doubts = doubtful(among.formulas, among.carried, values)
    doubts |= {cell for cell in calls if cell in values and _has_moved(among.carried[cell], values[cell])}
    left = among.reached_from(doubts) | _over_several(package)
    fresh = {cell: cell_value(values[cell]) for cell in cells if cell in values and cell not in left}
    for sheet, places in by_sheet(package, fresh).items():
        set_cached_values(package, sheet, {place: fresh[cell_at(sheet, place)] for place in places})


def _has_moved(carried: object, value: Value) -> bool:
    if isinstance(carried, float) and isinstance(value, float):
        return not math.isclose(carried, value, rel_tol=1e-9)
    return carried is not None and carried != cell_value(value)


def _over_several(package: Package) -> set[Cell]:
    return {
        cell_at(sheet.name, master)
        for sheet in workbook_part(package).sheets
        if sheet.kind == "worksheet" and sheet.part
        for master, area in array_formulas(package[sheet.part]).items()
        if area.replace("$", "") not in (master, f"{master}:{master}")
    }
