"""The workbook template: the report of a market, built from the user's inputs."""

import datetime
from collections.abc import Callable
from pathlib import Path

from markets.selection import LATEST, Selection
from udfs.catalog import catalog
from udfs.registry import FUNCTIONS
from workbook.assumptions import NOTHING, Entered
from workbook.draft import Draft, Inputs
from workbook.figures import Shown
from workbook.package import Marks, Package, mark
from workbook.record import RECORDS, keep
from workbook.report import Report
from workbook.selecting import day_number
from workbook.sheets import BUILD_ORDER, SHEETS
from workbook.xlsx import packaged

KEYS = {sheet.title: sheet.key for sheet in SHEETS}
"""The keys of the sheets in their marks, by title."""
TITLES = {sheet.key: sheet.title for sheet in SHEETS}
"""The titles of the sheets by their keys, in the order of their tabs."""
USERS = frozenset(sheet.key for sheet in SHEETS if sheet.is_users)
"""The keys of the sheets for the user's inputs, which are created once and then kept."""
MARKS = Marks("_mb_", f"{RECORDS}written", functions=tuple(FUNCTIONS))


def build_report(
    market: str,
    unit: str = "",
    year: float | str | None = None,
    earlier: Shown | None = None,
    *,
    source: str = "",
    as_of: float | str | None = None,
    assumptions: Entered = NOTHING,
) -> Report:
    """Return the report on a market in the catalog, and what has changed since an earlier state.

    `unit` defaults to the report's unit. `year` is the user's choice for shares, or None. `source` and
    `as_of` select the editions; see `Inputs`. `assumptions` are what the user entered on the Assumptions
    sheet. Raises UnknownName, NoFigure and BadArgument.
    """
    inputs = Inputs(market, unit, year, source, as_of, assumptions)
    asked = catalog().market(market, inputs.selection)
    contents = {sheet.title: sheet.about for sheet in SHEETS}
    draft = Draft(asked, inputs, datetime.date.today(), contents, earlier)
    for sheet in BUILD_ORDER:
        sheet.build(draft)
    return draft.report()


def marked_package(report: Report) -> Package:
    """Return a report as a new package in which each sheet is marked."""
    package = packaged(report)
    mark(package, {key: title for title, key in KEYS.items()}, MARKS)
    keep(package, report)
    return package


def new_workbook(market: str, unit: str = "", selection: Selection = LATEST) -> Package:
    """Return the workbook for a market as a package, with both spelled out ("mn" becomes "USD million")."""
    asked = catalog().market(market, selection)
    as_of = None if selection.as_of is None else day_number(selection.as_of)
    source = selection.source or str(selection.pick)
    unit = str(asked.unit.parse(unit))
    return marked_package(build_report(asked.name, unit, source=source, as_of=as_of))


def write_workbook(
    out: Path,
    market: str,
    unit: str = "",
    finish: Callable[[bytes], bytes] | None = None,
    selection: Selection = LATEST,
) -> None:
    """Write the workbook to a file, completely or not at all. `finish` can change its bytes for a host."""
    package = new_workbook(market, unit, selection)
    with Package.from_bytes(finish(package.to_bytes())) if finish else package as package:
        out.parent.mkdir(parents=True, exist_ok=True)
        package.save(out)
