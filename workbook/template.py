"""The workbook template: sheets built with openpyxl, with a value for every formula."""

import datetime
import io
from collections.abc import Callable
from pathlib import Path

from udfs.catalog import catalog
from udfs.registry import FUNCTIONS
from workbook.blocks.assumptions import build_assumptions
from workbook.blocks.checks import build_checks
from workbook.blocks.forecast import build_forecast
from workbook.blocks.indicators import build_indicators
from workbook.blocks.lists import build_lists
from workbook.blocks.overview import build_overview
from workbook.blocks.players import build_players
from workbook.blocks.segments import build_regions, build_segments
from workbook.blocks.sources import build_sources
from workbook.blocks.start import close_start, open_start
from workbook.carried import carry
from workbook.draft import Draft
from workbook.earlier import Earlier, changes_since
from workbook.figures import Change
from workbook.package import Marks, Package, mark

ORDER = (
    *("Start", "Overview", "Forecast", "Segments", "Regions", "Players"),
    *("Indicators", "Assumptions", "Checks", "Sources", "Lists"),
)
USERS = ("Start", "Assumptions")
"""Sheets for the user's input, which are created once and never rebuilt."""

MARKS = Marks("_mb_", functions=tuple(FUNCTIONS))


def sheet_key(title: str) -> str:
    """Return the key of a sheet in its mark, which stays the same if the user renames the sheet."""
    return title.lower()


def draw_up(
    market: str,
    unit: str = "",
    year: float | str | None = None,
    before: Earlier | None = None,
) -> tuple[Draft, list[Change]]:
    """Return the workbook for a market in the catalog, and what has changed from `before`.

    `unit` defaults to the report's unit, and is spelled out ("mn" becomes "USD million"). `year` is
    the user's choice for shares, or None. Raises UnknownName and BadArgument.
    """
    asked = catalog().market(market)
    draft = Draft(asked, str(asked.unit.parse(unit)), datetime.date.today(), year)
    for build in (
        *(open_start, build_lists, build_forecast, build_overview, build_segments, build_regions),
        *(build_players, build_indicators, build_assumptions, build_sources, close_start),
    ):
        build(draft)
    changed = changes_since(before, draft)
    build_checks(draft, changed)
    for at, title in enumerate(ORDER):
        sheet = draft.book[title]
        draft.book.move_sheet(sheet, at - draft.book.index(sheet))
    draft.book.active = 0
    return draft, changed or []


def packaged(draft: Draft) -> Package:
    """Return a new workbook as a package, with a value for each formula and a mark for each sheet."""
    stream = io.BytesIO()
    draft.book.save(stream)
    package = Package.from_bytes(stream.getvalue())
    carry(draft, package)
    mark(package, {sheet_key(title): title for title in ORDER}, MARKS)
    return package


def new_workbook(market: str, unit: str = "") -> Package:
    """Return the workbook for a market as a package; see `draw_up`."""
    return packaged(draw_up(market, unit)[0])


def write_workbook(
    out: Path, market: str, unit: str = "", finish: Callable[[bytes], bytes] | None = None
) -> None:
    """Write the workbook to a file, completely or not at all. `finish` can change its bytes for a host."""
    package = new_workbook(market, unit)
    with Package.from_bytes(finish(package.to_bytes())) if finish else package as package:
        out.parent.mkdir(parents=True, exist_ok=True)
        package.save(out)
