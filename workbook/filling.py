"""Cached values for formulas that have none, as in a workbook from a program that does not calculate."""

from collections.abc import Collection

from workbook.calibration import reproduced, untrusted
from workbook.dependency_graph import DependencyGraph, by_sheet
from workbook.package import Cell, Package, array_formulas, cell_at, set_cached_values, workbook_part
from workbook.user_formulas import Calculate, calculated_and_unknown
from workbook.xlsx import cell_value


def fill(
    package: Package,
    cells: Collection[Cell],
    among: DependencyGraph,
    calls: Collection[Cell],
    calculate: Calculate,
) -> None:
    """Give formula cells the values that an engine calculates; nothing else changes.

    There is no cached value to reproduce, so the engine is trusted by `calibration`'s rule for such cells.
    Three kinds of cells stay unchanged: those with which it is not trusted and those that depend on them,
    those that depend on a Marketbook call whose cached value is out of date, and array formulas over
    several cells, most of which do not exist yet. Raises MarketbookError.
    """
    values, unknown = calculated_and_unknown(package, among.formulas.values(), calculate)
    known_errors = {cell for cell, value in values.items() if reproduced(among.cached.get(cell), value)}
    doubts = untrusted(among.formulas.keys() - known_errors, among.formulas, values, unknown)
    doubts |= {
        cell
        for cell in calls
        if cell in values
        and among.cached.get(cell) is not None
        and not reproduced(among.cached[cell], values[cell])
    }
    left = among.reached_from(doubts) | _over_several(package)
    fresh = {cell: cell_value(values[cell]) for cell in cells if cell in values and cell not in left}
    for sheet, places in by_sheet(package, fresh).items():
        set_cached_values(package, sheet, {place: fresh[cell_at(sheet, place)] for place in places})


def _over_several(package: Package) -> set[Cell]:
    return {
        cell_at(sheet.name, master)
        for sheet in workbook_part(package).sheets
        if sheet.kind == "worksheet" and sheet.part
        for master, area in array_formulas(package[sheet.part]).items()
        if area.replace("$", "") not in (master, f"{master}:{master}")
    }
