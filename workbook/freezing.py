"""Conversion to values: a copy of a workbook that does not need Marketbook."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from markets.errors import MarketbookError
from workbook.dependency_graph import OURS, by_sheet, dependency_graph
from workbook.filling import fill
from workbook.package import (
    CarriesNoValue,
    Frozen,
    Package,
    formulas_calling,
    freeze,
    marked_sheets,
    refuse_if_open,
    refuse_unless_editable,
    valueless,
)
from workbook.package.sheets.dependents import Cell, cell_at
from workbook.package.sheets.workbook_part import workbook_part
from workbook.template import MARKS
from workbook.user_formulas import Calculate

FROZEN_MARK = "_mb_frozen"
_WAY_OUT = "Open the workbook in Excel with Marketbook, save it, and try again."


@dataclass(frozen=True)
class Converted(Frozen):
    """The result of freezing. `valueless` are the remaining formulas without saved values, by sheet.

    They depend on Marketbook's formulas or are on its sheets, and are blank until they are calculated.
    """

    valueless: dict[str, list[str]]


def freeze_file(path: Path, out: Path, calculate: Calculate | None = None) -> Converted:
    """Write a copy of a workbook in which Marketbook formulas are replaced with their saved values.

    Formulas without saved values, and those that depend on them, get values from `calculate`.
    Everything else is copied byte for byte. A hidden name marks the copy, so that it is not refreshed
    later. Raises CarriesNoValue if a Marketbook formula has no value, and other PackageErrors; then
    nothing is written.
    """
    refuse_if_open(path)
    with Package.open(path) as package:
        refuse_unless_editable(package)
        blank = _cells(valueless(package))
        users, problem = _filled(package, blank, path, calculate) if blank else (set(), "")
        try:
            frozen = freeze(package, OURS)
        except CarriesNoValue as error:
            raise CarriesNoValue(f"{error} {problem}") from None
        left = users & _cells(valueless(package)) if users else ()
        converted = Converted(**vars(frozen), valueless=by_sheet(package, left))
        book = workbook_part(package)
        book.set_name(FROZEN_MARK, f'"{datetime.date.today()}"', hidden=True)
        package.save(out)
        return converted


def _filled(
    package: Package, blank: set[Cell], path: Path, calculate: Calculate | None
) -> tuple[set[Cell], str]:
    """Give values to Marketbook formulas without one, their dependents, and formulas on report sheets.

    Return these cells, except calls of Marketbook functions, and why one may still have no value.
    """
    with Package.open(path) as read:  # the graph adds marks that must not be in the copy
        among = dependency_graph(read, (), {})
    calls = {cell_at(call.sheet, call.cell) for call in formulas_calling(package, OURS)}
    report_sheets = {name.casefold() for name in marked_sheets(package, MARKS).values()}
    wanted = {cell for cell in blank if cell in among.cells or cell.sheet in report_sheets}
    problem = _WAY_OUT
    if calculate and wanted:
        try:
            fill(package, wanted, among, calls, calculate)
        except MarketbookError as error:
            problem = str(error)
    return wanted - calls, problem


def _cells(places: dict[str, list[str]]) -> set[Cell]:
    return {cell_at(sheet, place) for sheet, cells in places.items() for place in cells}
